import { explainingLines } from './explaining-lines';

const stoppedByEcs = { stoppedReason: 'Scaling activity initiated by (deployment ecs-svc/2)' };
const exited = { stoppedReason: 'Essential container in task exited' };
const unhealthy = { stoppedReason: 'Task failed ELB health checks in (target-group x)' };

interface LoggedTask {
  readonly stoppedReason: string;
  readonly lines: readonly string[];
}
const linesOf = async ({ lines }: LoggedTask) => lines;

test('quotes the newest task that failed by itself, not one that ECS stopped when it gave up', async () => {
  const older = { ...exited, lines: ['older'] };
  for (const failed of [exited, unhealthy]) {
    const tasks = [
      { ...stoppedByEcs, lines: ['starting'] },
      { ...failed, lines: ['ORACLE_URL is not set'] },
      older,
    ];
    expect(await explainingLines(tasks, linesOf)).toEqual(['ORACLE_URL is not set']);
  }
});

test('quotes an older task if the lines of the newest are not there yet, or cannot be read', async () => {
  const tasks = [
    { ...exited, lines: [] },
    { ...exited, lines: ['unreadable'] },
    { ...exited, lines: ['ORACLE_URL is not set'] },
  ];
  const read = async (task: LoggedTask) => {
    if (task.lines.includes('unreadable')) throw new Error('ResourceNotFoundException');
    return task.lines;
  };
  expect(await explainingLines(tasks, read)).toEqual(['ORACLE_URL is not set']);
});

test('waits for the lines of a failed task rather than quote one that ECS stopped', async () => {
  let reads = 0;
  const read = async ({ stoppedReason }: typeof exited) => {
    if (stoppedReason === stoppedByEcs.stoppedReason) return ['starting'];
    return ++reads < 3 ? [] : ['ORACLE_URL is not set'];
  };
  const lines = await explainingLines([stoppedByEcs, exited], read, async () => undefined);
  expect(lines).toEqual(['ORACLE_URL is not set']);
});

test('quotes what there is if no task failed by itself', async () => {
  expect(await explainingLines([{ ...stoppedByEcs, lines: ['stopping'] }], linesOf)).toEqual([
    'stopping',
  ]);
  expect(await explainingLines([], linesOf)).toEqual([]);
});

test('reads again, a few times, if no task has lines yet', async () => {
  let reads = 0;
  const late = (needed: number) => async () => (++reads < needed ? [] : ['ORACLE_URL is not set']);
  const pause = async () => undefined;
  expect(await explainingLines([exited], late(3), pause)).toEqual(['ORACLE_URL is not set']);
  reads = 0;
  expect(await explainingLines([exited], late(100), pause)).toEqual([]);
  expect(reads).toBe(4);
});
