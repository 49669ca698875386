import type { FireOptions, JobRun, WorkflowRun } from '@clarity/local-github/client';
import { beginRun, expectRun } from './expect-run';
import type { Context } from './scenario';

const job: JobRun = {
  name: 'check',
  conclusion: 'failure',
  permissions: {},
  steps: [
    { name: 'lint', conclusion: 'success', seconds: 1 },
    { name: 'test', conclusion: 'failure', seconds: 2 },
  ],
  outputs: {},
  summary: '',
  annotations: [{ level: 'error', message: 'exit code 1' }],
  log: '',
};
const run: WorkflowRun = {
  id: 1,
  file: 'ci.yml',
  event: 'push',
  conclusion: 'failure',
  jobs: [job],
  startedAt: '2026-11-23T02:15:00Z',
  finishedAt: '2026-11-23T02:15:03Z',
};
const expected = {
  what: 'push',
  file: 'ci.yml',
  event: { kind: 'schedule', file: 'ci.yml', sha: '' },
  conclusion: 'failure',
  jobs: { check: 'failure' },
} as const;

function contextWith(...runs: WorkflowRun[]): Context {
  const github = { fire: async () => runs };
  return {
    root: '',
    folder: '',
    log: '',
    signal: new AbortController().signal,
    findings: {
      resources: { applied: {}, planOnly: [] },
      secondPlan: {},
      releases: [],
      workflows: [],
    },
    note: () => {},
    resultOf: () => ({ github }) as never,
    hasRun: () => false,
    onEnd: () => {},
  };
}

test('a run that ends as expected is returned and kept for the report', async () => {
  const context = contextWith(run);
  await expect(expectRun(context, expected)).resolves.toBe(run);
  expect(context.findings.workflows).toMatchObject([{ file: 'ci.yml', expected: 'failure' }]);
});

test('another end names the failed steps and what they reported', async () => {
  const unexpected = expectRun(contextWith(run), { ...expected, conclusion: 'success' });
  await expect(unexpected).rejects.toThrow(
    'ci.yml ended as failure.\ncheck: the step "test" failed\ncheck: error: exit code 1',
  );
});

test('a job that ends otherwise, or is missing, is an error', async () => {
  const wrong = expectRun(contextWith(run), { ...expected, jobs: { deploy: 'success' } });
  await expect(wrong).rejects.toThrow('The job "deploy" of ci.yml ended as none.');
});

test('another workflow, or none, is an error', async () => {
  await expect(expectRun(contextWith(), expected)).rejects.toThrow('Started no workflow.');
  await expect(expectRun(contextWith(run, run), expected)).rejects.toThrow(
    'Started ci.yml, ci.yml.',
  );
});

/** A context of whose run the caller decides what it prints and how it ends. */
function contextOfRun() {
  let end: (runs: readonly WorkflowRun[]) => void = () => {};
  const ended = new Promise<readonly WorkflowRun[]>((resolve) => (end = resolve));
  let print: NonNullable<FireOptions['onLine']> = () => {};
  const github = {
    fire: (_: unknown, { onLine }: FireOptions) => {
      print = onLine ?? print;
      return ended;
    },
  };
  const context: Context = { ...contextWith(), resultOf: () => ({ github }) as never };
  return { context, end, print: (of: string) => print({ run: 1, job: of, line: 'hello' }) };
}

test('a run that goes on is returned when the job begins, and rejects if it ends otherwise', async () => {
  const { context, end, print } = contextOfRun();
  const beginning = beginRun(context, 'deploy', { ...expected, conclusion: 'success' });
  let hasBegun = false;
  void beginning.then(() => (hasBegun = true));
  print('check');
  await new Promise(setImmediate);
  expect(hasBegun).toBe(false);
  print('deploy');
  const { run: ongoing } = await beginning;
  end([run]);
  await expect(ongoing).rejects.toThrow('ci.yml ended as failure.');
});

test('a run that fails before the job begins is an error', async () => {
  const { context, end } = contextOfRun();
  const beginning = beginRun(context, 'deploy', { ...expected, conclusion: 'success' });
  end([run]);
  await expect(beginning).rejects.toThrow('ci.yml ended as failure.');
});
