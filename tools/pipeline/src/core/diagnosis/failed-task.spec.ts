import { failedTask } from './failed-task';

const stoppedByEcs = { stoppedReason: 'Scaling activity initiated by (deployment ecs-svc/2)' };
const exited = { stoppedReason: 'Essential container in task exited' };
const unhealthy = { stoppedReason: 'Task failed ELB health checks in (target-group x)' };

test('quotes the newest task that failed by itself, not one that ECS stopped when it gave up', () => {
  expect(failedTask([stoppedByEcs, exited, exited])).toBe(exited);
  expect(failedTask([stoppedByEcs, unhealthy])).toBe(unhealthy);
});

test('quotes what there is if no task failed by itself', () => {
  expect(failedTask([stoppedByEcs])).toBe(stoppedByEcs);
  expect(failedTask([])).toBeUndefined();
});
