import { jobOf, workflow, workflowRunner, type WorkflowRunner } from './workflow-runner';

let runner: WorkflowRunner;

beforeEach(async () => {
  runner = await workflowRunner();
});
afterEach(() => runner.remove());

const conclusions = (runs: Awaited<ReturnType<WorkflowRunner['run']>>) =>
  runs.map(({ conclusion }) => conclusion).toSorted();

const sleep = 'runs-on: ubuntu-24.04, steps: [{ run: sleep 0.5 }]';

test('runs of a group wait: the newest replaces the one that waits, unless all are queued', async () => {
  const file = (setting: string) => `
on: push
concurrency: ${setting}
jobs: { a: { ${sleep} } }
`;
  const files = (setting: string) => ({
    'a.yml': file(setting),
    'b.yml': file(setting),
    'c.yml': file(setting),
  });
  expect(conclusions(await runner.run(files('prod')))).toEqual(['cancelled', 'success', 'success']);
  expect(conclusions(await runner.run(files('{ group: prod, queue: max }')))).toEqual([
    'success',
    'success',
    'success',
  ]);
});

test('a queue whose runs cancel each other is refused', async () => {
  const files = {
    'a.yml': `
on: push
concurrency:
  group: prod
  queue: max
  cancel-in-progress: true
jobs: { a: { ${sleep} } }
`,
  };
  await expect(runner.run(files)).rejects.toThrow('(a.yml:5)');
});

test('jobs of a group run one after the other', async () => {
  const order = 'echo "$(date +%s%N) start"; sleep 0.3; echo "$(date +%s%N) end"';
  const job = (name: string) => `
  ${name}:
    runs-on: ubuntu-24.04
    concurrency: db
    steps: [{ run: '${order}' }]
`;
  const runs = await runner.run({ 'a.yml': workflow(job('one') + job('two')) });
  const [one, two] = ['one', 'two'].map((name) =>
    [...(jobOf(runs, name)?.log ?? '').matchAll(/^(\d+) (start|end)$/gm)].map(([, at]) =>
      Number(at),
    ),
  );
  const spans = [one, two].toSorted((a, b) => (a?.[0] ?? 0) - (b?.[0] ?? 0));
  expect(spans[1]?.[0]).toBeGreaterThan(spans[0]?.[1] ?? Infinity);
});

test('a job in the group of its own workflow is cancelled instead of waiting for itself', async () => {
  const runs = await runner.run({
    'a.yml': `
on: push
concurrency: prod
jobs: { a: { concurrency: prod, ${sleep} } }
`,
  });
  expect(jobOf(runs, 'a')?.conclusion).toBe('cancelled');
});

test('of a matrix, a failure cancels the other legs, those that wait included; "fail-fast: false" does not', async () => {
  const file = (failFast: boolean) =>
    workflow(`
  a:
    runs-on: ubuntu-24.04
    strategy: { fail-fast: ${failFast}, max-parallel: 2, matrix: { seconds: [0, 2, 0.1] } }
    steps: [{ run: 'exec sleep \${{ matrix.seconds }}' }, { if: matrix.seconds == 0, run: exit 1 }]
`);
  const results = async (failFast: boolean) =>
    (await runner.run({ 'a.yml': file(failFast) }))[0]?.jobs.map(({ conclusion }) => conclusion);
  expect((await results(true))?.toSorted()).toEqual(['cancelled', 'cancelled', 'failure']);
  expect((await results(false))?.toSorted()).toEqual(['failure', 'success', 'success']);
});
