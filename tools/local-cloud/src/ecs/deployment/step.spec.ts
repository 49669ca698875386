import { newService } from './new-service';
import type { ServiceEvent, ServiceState, Step } from './state';
import { nextTick, step } from './step';

const start = Date.UTC(2025, 0, 1);

/** Feeds events one after the other and hands back the last step. */
function feed(state: ServiceState, ...events: ServiceEvent[]): Step {
  return events.reduce<Step>((last, event) => step(last.state, event, start), {
    state,
    commands: [],
  });
}

const deployed = (desired: number, minimum = 100, maximum = 200, id = 'one') =>
  feed(newService(desired, { minimumHealthyPercent: minimum, maximumPercent: maximum }), {
    kind: 'deploy',
    id,
    revision: id,
  });

/** Everything that starts gets ready, everything that stops is gone, until nothing moves. */
function settle(state: ServiceState, from = start): ServiceState {
  let now = from;
  let current = step(state, { kind: 'tick' }, from).state;
  for (let turn = 0; turn < 1_000; turn += 1) {
    const moving = current.tasks.find((task) => task.phase === 'stopping' || !task.ready);
    const due = nextTick(current, now);
    if (!moving && due === undefined) return current;
    if (due !== undefined) now = due;
    const event: ServiceEvent = !moving
      ? { kind: 'tick' }
      : moving.phase === 'stopping'
        ? { kind: 'task-stopped', task: moving.number }
        : { kind: 'task-ready', task: moving.number };
    current = step(current, event, now).state;
  }
  throw new Error('never settles');
}

describe('a rolling deployment', () => {
  it('starts the desired tasks, and completes when all of them serve', () => {
    const first = deployed(2);
    expect(first.commands.map(({ kind }) => kind)).toEqual(['start-task', 'start-task']);
    const half = feed(first.state, { kind: 'task-ready', task: 1 });
    expect(half.commands).toEqual([]);
    const all = feed(half.state, { kind: 'task-ready', task: 2 });
    expect(all.commands).toEqual([
      { kind: 'deployment-completed', deploymentId: 'one' },
      { kind: 'steady-state' },
    ]);
    expect(all.state.lastCompleted).toEqual({ id: 'one', revision: 'one' });
  });

  it('keeps the old task until the new one serves, at 100 and 200 percent', () => {
    const old = settle(deployed(1).state);
    const rolling = feed(old, { kind: 'deploy', id: 'two', revision: 'two' });
    expect(rolling.commands).toEqual([{ kind: 'start-task', task: 2, deploymentId: 'two' }]);
    const served = feed(rolling.state, { kind: 'task-ready', task: 2 });
    expect(served.commands).toEqual([{ kind: 'stop-task', task: 1, reason: { cause: 'scaling' } }]);
    const done = feed(served.state, { kind: 'task-stopped', task: 1 });
    expect(done.commands).toContainEqual({ kind: 'deployment-completed', deploymentId: 'two' });
    expect(done.state.deployments).toHaveLength(1);
  });

  it('lets the old and the new task overlap while the old one stops, at 0 and 100 percent', () => {
    const old = settle(deployed(1, 0, 100).state);
    const rolling = feed(old, { kind: 'deploy', id: 'two', revision: 'two' });
    expect(rolling.commands).toEqual([
      { kind: 'stop-task', task: 1, reason: { cause: 'scaling' } },
      { kind: 'start-task', task: 2, deploymentId: 'two' },
    ]);
  });

  it('reports once that its percentages let nothing move', () => {
    const old = settle(deployed(1, 100, 150).state);
    const rolling = feed(old, { kind: 'deploy', id: 'two', revision: 'two' });
    expect(rolling.commands).toEqual([{ kind: 'cannot-move' }]);
    expect(feed(rolling.state, { kind: 'tick' }).commands).toEqual([]);
    const limits = { minimumHealthyPercent: 100, maximumPercent: 200 };
    const wider = feed(rolling.state, { kind: 'configure', limits });
    expect(wider.commands).toEqual([{ kind: 'start-task', task: 2, deploymentId: 'two' }]);
  });

  it('stops the old task first where a host has room for only one, at 0 and 100 percent', () => {
    const old = { ...settle(deployed(1, 0, 100).state), capacity: 1 };
    const rolling = feed(old, { kind: 'deploy', id: 'two', revision: 'two' });
    expect(rolling.commands).toEqual([
      { kind: 'stop-task', task: 1, reason: { cause: 'scaling' } },
    ]);
    const freed = feed(rolling.state, { kind: 'task-stopped', task: 1 });
    expect(freed.commands).toEqual([{ kind: 'start-task', task: 2, deploymentId: 'two' }]);
  });

  it('keeps the old tasks while the new revision fails, and throttles its restarts', () => {
    const old = settle(deployed(2).state);
    let { state } = feed(old, { kind: 'deploy', id: 'two', revision: 'two' });
    for (const task of [3, 4, 5]) ({ state } = feed(state, { kind: 'task-stopped', task }));
    expect(state.deployments[0]).toMatchObject({ failedTasks: 3, rollout: 'in-progress' });
    expect(nextTick(state, start)).toBeGreaterThan(start);
    expect(state.tasks.filter((task) => task.ready).map(({ number }) => number)).toEqual([1, 2]);
  });

  it('replaces an old task that dies meanwhile from the last completed revision', () => {
    const old = settle(deployed(1).state);
    const rolling = feed(old, { kind: 'deploy', id: 'two', revision: 'two' });
    const lost = feed(rolling.state, { kind: 'task-stopped', task: 1 });
    expect(lost.commands).toEqual([{ kind: 'start-task', task: 3, deploymentId: 'one' }]);
  });

  it('calls a rollout superseded when the next one starts before it completed', () => {
    const { state } = deployed(1);
    const next = feed(state, { kind: 'deploy', id: 'two', revision: 'two' });
    expect(next.commands).toContainEqual({ kind: 'deployment-superseded', deploymentId: 'one' });
  });

  it('replaces a task that fails its health checks, and one that dies', () => {
    const steady = settle(deployed(1).state);
    const failing = feed(steady, { kind: 'task-unhealthy', task: 1, reason: 'no answer' });
    expect(failing.commands).toEqual([
      { kind: 'stop-task', task: 1, reason: { cause: 'health', detail: 'no answer' } },
      { kind: 'start-task', task: 2, deploymentId: 'one' },
    ]);
    const dead = feed(steady, { kind: 'task-stopped', task: 1 });
    expect(dead.commands).toEqual([{ kind: 'start-task', task: 2, deploymentId: 'one' }]);
  });

  it('scales in to the desired count, and drains to nothing', () => {
    const steady = settle(deployed(3).state);
    const scaled = feed(steady, { kind: 'configure', desiredCount: 1 });
    expect(scaled.commands.map(({ kind }) => kind)).toEqual(['stop-task', 'stop-task']);
    const draining = feed(settle(scaled.state), { kind: 'drain' });
    const gone = feed(draining.state, { kind: 'task-stopped', task: 1 });
    expect(gone.commands).toEqual([{ kind: 'drained' }]);
  });
});
