import { newService } from './new-service';
import { failuresToTrip, usualThreshold, type Safeguards } from './safeguards';
import type { ServiceEvent, ServiceState, Step } from './state';
import { nextTick, step } from './step';

const start = Date.UTC(2025, 0, 1);
const breaker = { rollback: true, threshold: usualThreshold, resetOnHealthyTask: true };
const both: Safeguards = { breaker, alarms: { names: ['5xx'], rollback: true } };

let now = start;
beforeEach(() => (now = start));

/** Feeds events, one a second, and gathers every command. */
function feed(state: ServiceState, ...events: ServiceEvent[]): Step {
  return events.reduce<Step>(
    (last, event) => {
      const next = step(last.state, event, (now += 1_000));
      return { state: next.state, commands: [...last.commands, ...next.commands] };
    },
    { state, commands: [] },
  );
}

const deploy = (id: string): ServiceEvent => ({ kind: 'deploy', id, revision: `revision-${id}` });
const stopped = (...tasks: number[]): ServiceEvent[] =>
  tasks.map((task) => ({ kind: 'task-stopped', task }));
const ready = (...tasks: number[]): ServiceEvent[] =>
  tasks.map((task) => ({ kind: 'task-ready', task }));
const tick: ServiceEvent = { kind: 'tick' };
const silent: ServiceEvent = { kind: 'alarms', inAlarm: [], bakeMs: 0 };
const ringing: ServiceEvent = { kind: 'alarms', inAlarm: ['5xx'], bakeMs: 0 };

const fresh = (safeguards: Partial<Safeguards>) =>
  newService(
    1,
    { minimumHealthyPercent: 100, maximumPercent: 200 },
    { breaker: undefined, alarms: undefined, ...safeguards },
  );
/** `one` completed, `two` is being rolled out as task 2. */
const rolling = (safeguards: Partial<Safeguards> = { breaker }) =>
  feed(fresh(safeguards), deploy('one'), silent, ...ready(1), tick, deploy('two')).state;

const kinds = ({ commands }: Step) => commands.map(({ kind }) => kind);

it.each([
  [1, 3],
  [5, 3],
  [7, 4],
  [25, 13],
  [400, 200],
  [5_000, 200],
])('trips for a service of %i tasks after %i failures', (desired, failures) => {
  expect(failuresToTrip(usualThreshold, desired)).toBe(failures);
});

it('takes a threshold of the caller', () => {
  expect(failuresToTrip({ type: 'COUNT', value: 7 }, 500)).toBe(7);
  expect(failuresToTrip({ type: 'UNBOUNDED_PERCENT', value: 50 }, 5_000)).toBe(2_500);
});

it('rolls back to the deployment that completed last, at the third failure', () => {
  const two = feed(rolling(), ...stopped(2, 3));
  expect(two.state.currentRollout?.phase).toBe('rolling-out');
  const three = feed(two.state, tick, ...stopped(4));
  expect(three.commands).toContainEqual({
    kind: 'deployment-failed',
    deploymentId: 'two',
    cause: 'tasks-failed',
    failedTasks: 3,
    alarms: [],
    rollback: { kind: 'to', deployment: { id: 'one', revision: 'revision-one' } },
  });
  // The old task has served all the time: nothing is left to do.
  expect(kinds(three)).toContain('rollback-completed');
  expect(three.state.deployments).toMatchObject([{ id: 'one', rollout: 'completed' }]);
  expect(three.state.lastCompleted?.id).toBe('one');
});

it('counts tasks that fail their health checks as well', () => {
  const failing = (task: number): ServiceEvent[] => [
    { kind: 'task-running', task },
    { kind: 'task-unhealthy', task, reason: 'no answer' },
    { kind: 'task-stopped', task },
    tick,
  ];
  const { commands } = feed(rolling(), ...failing(2), ...failing(3), ...failing(4));
  expect(commands).toContainEqual(expect.objectContaining({ kind: 'rollback-completed' }));
});

it('starts to count again with each deployment, and does not count what a person stopped', () => {
  const superseded = feed(rolling(), ...stopped(2, 3), deploy('three'));
  expect(superseded.state.deployments[0]?.failedTasks).toBe(0);
  const byUser = feed(rolling(), { kind: 'task-stopped', task: 2, byUser: true });
  expect(byUser.state.deployments[0]?.failedTasks).toBe(0);
});

it('reports that there is no candidate if nothing ever completed, and starts no more', () => {
  const { commands, state } = feed(
    fresh({ breaker }),
    deploy('one'),
    ...stopped(1, 2),
    tick,
    ...stopped(3),
    tick,
  );
  expect(commands).toContainEqual(
    expect.objectContaining({ kind: 'deployment-failed', rollback: { kind: 'no-candidate' } }),
  );
  expect(state).toMatchObject({ currentRollout: undefined, tasks: [] });
});

it('only stops rolling out where no rollback is wanted: what serves goes on serving', () => {
  const { state } = feed(
    rolling({ breaker: { ...breaker, rollback: false } }),
    ...stopped(2, 3),
    tick,
    ...stopped(4),
    tick,
  );
  expect(state.deployments[0]).toMatchObject({ id: 'two', rollout: 'failed' });
  expect(state.tasks).toMatchObject([{ number: 1, ready: true }]);
  const replaced = feed(state, ...stopped(1));
  expect(replaced.commands).toMatchObject([{ kind: 'start-task', deploymentId: 'one' }]);
});

it('gives up where the old revision does not come up either', () => {
  const { commands, state } = feed(
    rolling(),
    ...ready(2),
    ...stopped(1),
    deploy('three'),
    ...ready(3),
    { kind: 'stop', shownMs: 250 },
    ...stopped(2, 3),
    tick,
    ...stopped(4, 5),
    tick,
    ...stopped(6),
    tick,
  );
  expect(commands.at(-1)?.kind).not.toBe('start-task');
  expect(commands).toContainEqual({ kind: 'rollback-failed', deploymentId: 'three', to: 'two' });
  expect(state.currentRollout).toBeUndefined();
});

describe('deployment alarms', () => {
  const guarded = () => rolling(both);

  it('roll back while the old tasks are gone already', () => {
    const ring = feed(guarded(), silent, ...ready(2), ringing);
    expect(ring.commands).toContainEqual(
      expect.objectContaining({ kind: 'deployment-failed', cause: 'alarm', alarms: ['5xx'] }),
    );
    const back = feed(ring.state, ...stopped(1), ...ready(3), ...stopped(2));
    expect(kinds(back)).toContain('rollback-completed');
  });

  it('hold the end of a rollout up for as long as they need to notice', () => {
    const slow: ServiceEvent = { kind: 'alarms', inAlarm: [], bakeMs: 30_000 };
    const baking = feed(guarded(), slow, ...ready(2), ...stopped(1));
    expect(kinds(baking)).not.toContain('deployment-completed');
    expect(kinds(baking)).toContain('steady-state');
    const due = nextTick(baking.state, now) ?? 0;
    expect(due - now).toBeGreaterThanOrEqual(30_000);
    expect(kinds(step(baking.state, slow, due - 1))).toEqual([]);
    expect(kinds(step(baking.state, tick, due))).toContain('deployment-completed');
  });

  it('say nothing about a deployment that found them ringing, until they have stopped once', () => {
    const ignored = feed(guarded(), ringing, ringing);
    expect(ignored.state.currentRollout?.phase).toBe('rolling-out');
    const again = feed(ignored.state, silent, ringing);
    expect(kinds(again)).toContain('deployment-failed');
  });
});

describe('a person who stops a deployment', () => {
  it('ends the watch of the alarms, although their time was over at that moment', () => {
    const slow: ServiceEvent = { kind: 'alarms', inAlarm: [], bakeMs: 30_000 };
    const baking = feed(rolling(both), slow, ...ready(2), ...stopped(1));
    const due = nextTick(baking.state, now) ?? 0;
    const asked = step(baking.state, { kind: 'stop', shownMs: 250 }, due);
    expect(nextTick(asked.state, due)).toBe(due + 250);
  });

  it('is heard a moment later, and gets the old revision back', () => {
    const asked = step(rolling(), { kind: 'stop', shownMs: 250 }, now);
    expect(asked.state.currentRollout?.phase).toBe('rollback-requested');
    const due = nextTick(asked.state, now) ?? 0;
    const back = step(asked.state, tick, due);
    expect(back.commands).toMatchObject([
      { kind: 'deployment-failed', cause: 'stopped', rollback: { kind: 'to' } },
      { kind: 'stop-task', task: 2 },
    ]);
    expect(kinds(feed(back.state, ...stopped(2)))).toContain('rollback-completed');
  });
});

it('counts tasks that no host has room for, so that a rollout without a host ends', () => {
  const full = { ...rolling(), capacity: 1 };
  const { commands } = feed(full, ...stopped(2), tick, tick, tick, tick, tick);
  expect(commands).toContainEqual({ kind: 'cannot-place' });
  expect(commands).toContainEqual(expect.objectContaining({ kind: 'rollback-completed' }));
});
