import type { JobLine } from '../src/contract';
import {
  jobOf,
  push,
  steps,
  workflow,
  workflowRunner,
  type WorkflowRunner,
} from './workflow-runner';

let runner: WorkflowRunner;

beforeEach(async () => {
  runner = await workflowRunner({ minuteMs: 500 });
});
afterEach(() => runner.remove());

/** Runs a workflow and cancels it once it has printed a line. */
async function cancelled(file: string, at = 'ready') {
  const cancel = new AbortController();
  return runner.run({ 'a.yml': file }, push, {
    signal: cancel.signal,
    onLine: ({ line }: JobLine) => {
      if (line === at) cancel.abort();
    },
  });
}

const conclusions = (job: ReturnType<typeof jobOf>) =>
  job?.steps.map(({ conclusion }) => conclusion);

test('a cancelled job still runs its always() and cancelled() steps, not its failure() steps', async () => {
  const runs = await cancelled(
    steps(`
      - run: echo ready; exec sleep 30
      - run: echo next
      - { if: failure(), run: echo failed }
      - { if: cancelled(), run: echo cancelled }
      - { if: always(), run: 'echo status $STATUS', env: { STATUS: '\${{ job.status }}' } }
`),
  );
  const job = jobOf(runs, 'a');
  expect(conclusions(job)).toEqual(['cancelled', 'skipped', 'skipped', 'success', 'success']);
  expect(job?.log).toContain('status cancelled');
  expect(job?.annotations[0]?.message).toBe('The operation was canceled.');
  expect(runs[0]?.conclusion).toBe('cancelled');
});

test('an always() step that is running when the job is cancelled runs to its end', async () => {
  const runs = await cancelled(
    steps(`
      - { if: always(), run: echo ready; sleep 0.5; echo cleaned up }
`),
  );
  expect(jobOf(runs, 'a')?.log).toContain('cleaned up');
  expect(jobOf(runs, 'a')?.conclusion).toBe('cancelled');
});

test('a job that does not end within 5 minutes of its cancellation is killed', async () => {
  const runs = await cancelled(
    steps(`
      - { if: always(), run: echo ready; exec sleep 30 }
      - { if: always(), run: echo unreachable }
`),
  );
  expect(jobOf(runs, 'a')?.conclusion).toBe('cancelled');
  expect(conclusions(jobOf(runs, 'a'))).toHaveLength(1);
});

test('a job that exceeds its time is cancelled, and cleans up; the time may be an expression', async () => {
  const runs = await runner.run({
    'a.yml': workflow(`
  a:
    runs-on: ubuntu-24.04
    strategy: { matrix: { minutes: [1, 20] } }
    timeout-minutes: \${{ matrix.minutes }}
    steps:
      - run: exec sleep 2
      - { if: always(), run: echo cleaned up }
`),
  });
  expect(jobOf(runs, 'a (1)')?.conclusion).toBe('cancelled');
  expect(jobOf(runs, 'a (1)')?.log).toContain('cleaned up');
  expect(jobOf(runs, 'a (20)')?.conclusion).toBe('success');
});

test('a cancelled run starts only jobs that ask for it, and spares those that run', async () => {
  const runs = await cancelled(
    workflow(`
  a: { runs-on: ubuntu-24.04, steps: [{ run: echo ready; exec sleep 30 }] }
  spared: { if: always(), runs-on: ubuntu-24.04, steps: [{ run: sleep 1; echo to the end }] }
  next: { needs: a, runs-on: ubuntu-24.04, steps: [{ run: echo next }] }
  last: { needs: [a, next], if: cancelled(), runs-on: ubuntu-24.04, steps: [{ run: echo last }] }
`),
  );
  expect(runs[0]?.jobs.map(({ name, conclusion }) => [name, conclusion])).toEqual([
    ['a', 'cancelled'],
    ['spared', 'success'],
    ['next', 'skipped'],
    ['last', 'success'],
  ]);
  expect(jobOf(runs, 'spared')?.log).toContain('to the end');
});

test('what a job leaves running is killed at its end, a later step can still use it', async () => {
  const runs = await runner.run({
    'a.yml': steps(`
      - id: start
        run: |
          sleep 30 >/dev/null 2>&1 &
          echo "pid=$!" >> "$GITHUB_OUTPUT"
      - run: kill -0 $PID && echo "pid $PID"
        env: { PID: '\${{ steps.start.outputs.pid }}' }
`),
  });
  const job = jobOf(runs, 'a');
  expect(job?.conclusion).toBe('success');
  const pid = Number(/^pid (\d+)$/m.exec(job?.log ?? '')?.[1]);
  expect(job?.log).toContain(`Terminate orphan process: pid (${pid})`);
});
