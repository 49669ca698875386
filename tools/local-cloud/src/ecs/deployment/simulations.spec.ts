import { boundsOf } from './bounds';
import { newService } from './new-service';
import { usualThreshold, type Safeguards } from './safeguards';
import type { ServiceState } from './state';
import { endsIn, simulate, type Fate, type Simulation } from './testing/simulate';

const guarded: Safeguards = {
  breaker: { rollback: true, threshold: usualThreshold, resetOnHealthyTask: true },
  alarms: undefined,
};
const serves: Fate = { kind: 'serves', afterMs: 2_000 };
const deploy = (id: string, afterMs = 0) => ({
  afterMs,
  event: { kind: 'deploy', id, revision: `revision of ${id}` } as const,
});

/** A service whose deployment `good` has completed. */
function settled(desired: number, minimum = 100, maximum = 200): ServiceState {
  const limits = { minimumHealthyPercent: minimum, maximumPercent: maximum };
  return simulate(newService(desired, limits, guarded), {
    events: [deploy('good')],
    fateOf: () => serves,
  }).state;
}

function readyIn(tasks: ServiceState['tasks']): number {
  let count = 0;
  for (const task of tasks) if (task.ready) count += 1;
  return count;
}

/** Runs on from there and checks the bounds at every step. */
function go(state: ServiceState, simulation: Omit<Simulation, 'onStep'>) {
  const { lower, upper } = boundsOf(state);
  let [least, most] = [state.tasks.length, 0];
  const outcome = simulate(state, {
    from: 1_000_000,
    ...simulation,
    onStep: (_, { tasks }) => {
      most = Math.max(most, tasks.filter(({ phase }) => phase !== 'stopping').length);
      least = Math.min(least, readyIn(tasks));
    },
  });
  expect(most).toBeLessThanOrEqual(upper);
  return {
    ...outcome,
    ends: endsIn(outcome.commands),
    least,
    lower,
    seconds: outcome.now / 1000 - 1000,
  };
}

describe.each([1, 2, 10, 500])('a service of %i tasks', (desired) => {
  it('rolls a good revision out, and never serves with fewer than it has to', () => {
    const { ends, least, lower, state } = go(settled(desired), {
      events: [deploy('next')],
      fateOf: () => serves,
    });
    expect(ends).toEqual(['deployment-completed']);
    expect(least).toBeGreaterThanOrEqual(lower);
    expect(state.tasks).toHaveLength(desired);
    expect(new Set(state.tasks.map((task) => task.deploymentId))).toEqual(new Set(['next']));
  });

  it.each<[string, Fate, number]>([
    ['crashes at its start', { kind: 'never-starts', afterMs: 300 }, 10],
    ['never gets healthy', { kind: 'gets-unhealthy', afterMs: 30_000 }, 110],
    ['crashes after a while', { kind: 'serves', afterMs: 500, diesAfterMs: 600 }, 60],
  ])('rolls back a revision that %s, in time and without losing one task', (_, fate, limit) => {
    const { ends, least, lower, state, seconds } = go(settled(desired), {
      events: [deploy('bad')],
      fateOf: ({ deploymentId }) => (deploymentId === 'bad' ? fate : serves),
      limitMs: 600_000,
      // The old tasks are still draining when the new ones crash.
      stopMs: 5_000,
    });
    expect(ends).toEqual(['rollback-completed']);
    if (fate.kind !== 'serves') expect(least).toBeGreaterThanOrEqual(lower);
    expect(seconds).toBeLessThan(limit);
    expect(state.lastCompleted?.id).toBe('good');
    expect(state.tasks).toHaveLength(desired);
    expect(new Set(state.tasks.map((task) => task.deploymentId))).toEqual(new Set(['good']));
  });
});

it('replaces the one task of a GPU host in its place, and brings the old one back', () => {
  const fateOf: Simulation['fateOf'] = ({ deploymentId }) =>
    deploymentId === 'bad' ? { kind: 'never-starts', afterMs: 300 } : serves;
  const host = { ...settled(1, 0, 100), capacity: 1 };
  const next = go(host, { events: [deploy('next')], fateOf });
  expect(next.ends).toEqual(['deployment-completed']);
  const { ends, state } = go(next.state, { events: [deploy('bad')], fateOf });
  expect(ends).toEqual(['rollback-completed']);
  expect(state.tasks).toMatchObject([{ deploymentId: 'next', ready: true }]);
});
