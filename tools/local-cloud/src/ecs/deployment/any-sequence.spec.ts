import fc from 'fast-check';
import { boundsOf } from './bounds';
import { newService } from './new-service';
import { usualThreshold, type Safeguards } from './safeguards';
import type { Command, ServiceEvent, ServiceState } from './state';
import { step } from './step';
import { endsIn, simulate, type Fate } from './testing/simulate';

const start = Date.UTC(2025, 0, 1);
const guarded: Safeguards = {
  breaker: { rollback: true, threshold: usualThreshold, resetOnHealthyTask: true },
  alarms: undefined,
};
const watched: Safeguards = { ...guarded, alarms: { names: ['a', 'b'], rollback: true } };

const limits = fc
  .record({
    minimumHealthyPercent: fc.constantFrom(0, 50, 66, 100),
    maximumPercent: fc.constantFrom(100, 125, 150, 200),
  })
  .filter((each) => each.minimumHealthyPercent < each.maximumPercent);

const safeguards = fc.constantFrom<Safeguards>(guarded, watched, {
  breaker: undefined,
  alarms: undefined,
});

/** What may happen to a service; `pick` chooses among the tasks that exist then. */
type Happening = { what: string; pick: number };
const happenings = fc.array(
  fc.record({
    what: fc.constantFrom(
      'deploy',
      'scale',
      'rollback',
      'alarms',
      'task-running',
      ...Array<string>(4).fill('task-ready'),
      ...Array<string>(4).fill('task-stopped'),
      'task-unhealthy',
      'tick',
    ),
    pick: fc.nat(20),
  }),
  { maxLength: 60 },
);

function eventOf({ what, pick }: Happening, state: ServiceState, turn: number): ServiceEvent {
  const task = state.tasks[pick % Math.max(1, state.tasks.length)]?.number ?? pick;
  switch (what) {
    case 'deploy':
      return { kind: 'deploy', id: `d${turn}`, revision: `r${turn}` };
    case 'scale':
      return { kind: 'configure', desiredCount: pick % 8 };
    case 'rollback':
      return { kind: 'stop', shownMs: 250 };
    case 'alarms':
      return { kind: what, inAlarm: [['a'], ['b'], []][pick % 3] ?? [], bakeMs: 1_000 };
    case 'task-running':
    case 'task-ready':
    case 'task-stopped':
      return { kind: what, task };
    case 'task-unhealthy':
      return { kind: what, task, reason: 'no answer' };
    default:
      return { kind: 'tick' };
  }
}

type Turn = (before: ServiceState, after: ServiceState, commands: readonly Command[]) => void;

/** Lets events happen, 700 ms apart. @returns the last state and its time */
function happen(initial: ServiceState, events: readonly Happening[], onTurn: Turn = () => {}) {
  const first = step(initial, { kind: 'deploy', id: 'd', revision: 'r' }, start);
  onTurn(initial, first.state, first.commands);
  let { state } = first;
  let now = start;
  events.forEach((happening, turn) => {
    const before = state;
    const next = step(before, eventOf(happening, before, turn), (now += 700));
    state = next.state;
    onTurn(before, state, next.commands);
  });
  return { state, now };
}

const staying = ({ tasks }: ServiceState) =>
  tasks.filter(({ phase }) => phase !== 'stopping').length;
const ready = ({ tasks }: ServiceState) => tasks.filter((task) => task.ready).length;
const desiredCounts = fc.integer({ min: 0, max: 8 });

/** Lets all tasks that exist, and all that start from now on, meet their fates. */
function comeToRest({ state, now }: { state: ServiceState; now: number }, fates: readonly Fate[]) {
  const fateOf = ({ number }: { number: number }): Fate =>
    fates[number % fates.length] ?? { kind: 'serves', afterMs: 100 };
  return simulate(state, {
    from: now,
    fateOf,
    events: [
      { afterMs: 0, event: { kind: 'alarms', inAlarm: [], bakeMs: 5_000 } },
      ...state.tasks.map(({ number, phase }) => ({
        afterMs: 100 + number,
        event: {
          kind: phase === 'stopping' ? 'task-stopped' : 'task-ready',
          task: number,
        } as const,
      })),
    ],
  });
}

const fate = fc.oneof(
  fc.record({
    kind: fc.constant('never-starts' as const),
    afterMs: fc.integer({ min: 1, max: 9_000 }),
  }),
  fc.record({
    kind: fc.constant('gets-unhealthy' as const),
    afterMs: fc.integer({ min: 1, max: 9_000 }),
  }),
  fc.record({ kind: fc.constant('serves' as const), afterMs: fc.integer({ min: 1, max: 9_000 }) }),
  fc
    .tuple(fc.integer({ min: 1, max: 9_000 }), fc.integer({ min: 1, max: 30_000 }))
    .map(([afterMs, more]): Fate => ({ kind: 'serves', afterMs, diesAfterMs: afterMs + more })),
);

/** ECS is stuck as well where rounding leaves no room between minimum and maximum. */
function assumeRoom(state: ServiceState): void {
  const { desired, lower, upper } = boundsOf(state);
  fc.pre(desired === 0 || upper > lower);
}

describe('any sequence of events of a service', () => {
  it('never starts tasks beyond the maximum, nor stops serving ones below the minimum', () => {
    fc.assert(
      fc.property(
        desiredCounts,
        limits,
        safeguards,
        happenings,
        (desired, limit, guards, events) => {
          happen(newService(desired, limit, guards), events, (before, after, commands) => {
            const { lower, upper } = boundsOf(after);
            if (commands.some(({ kind }) => kind === 'start-task'))
              expect(staying(after)).toBeLessThanOrEqual(upper);
            const stoppedServing = commands.some(
              (command) =>
                command.kind === 'stop-task' &&
                command.reason.cause === 'scaling' &&
                before.tasks.some((task) => task.number === command.task && task.ready),
            );
            if (stoppedServing) expect(ready(after)).toBeGreaterThanOrEqual(lower);
          });
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('never holds more tasks than its hosts do', () => {
    fc.assert(
      fc.property(
        desiredCounts,
        limits,
        fc.integer({ min: 1, max: 6 }),
        happenings,
        (desired, limit, capacity, events) => {
          happen(newService(desired, limit, guarded, capacity), events, (_, { tasks }) =>
            expect(tasks.length).toBeLessThanOrEqual(capacity),
          );
        },
      ),
    );
  });

  it('rolls back to nothing but the deployment that completed last', () => {
    fc.assert(
      fc.property(
        desiredCounts,
        limits,
        safeguards,
        happenings,
        (desired, limit, guards, events) => {
          const completed = new Map<string, string>();
          happen(newService(desired, limit, guards), events, (before, after, commands) => {
            for (const command of commands) {
              if (command.kind === 'deployment-completed')
                completed.set(command.deploymentId, after.lastCompleted?.revision ?? 'none');
              if (command.kind === 'deployment-failed' && command.rollback.kind === 'to') {
                expect(command.rollback.deployment).toEqual(before.lastCompleted);
                expect(completed.get(command.rollback.deployment.id)).toBe(
                  command.rollback.deployment.revision,
                );
              }
            }
          });
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('ends every deployment exactly once, however its tasks fare', () => {
    fc.assert(
      fc.property(
        desiredCounts,
        limits,
        fc.constantFrom(guarded, watched),
        fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined }),
        happenings,
        fc.array(fate, { minLength: 1, maxLength: 12 }),
        (desired, limit, guards, capacity, events, fates) => {
          const given: Command[] = [];
          const happened = happen(
            newService(desired, limit, guards, capacity),
            events,
            (_, __, commands) => void given.push(...commands),
          );
          assumeRoom(happened.state);
          const { state, commands } = comeToRest(happened, fates);
          const deployed = 1 + events.filter(({ what }) => what === 'deploy').length;
          expect(state.currentRollout).toBeUndefined();
          expect(endsIn([...given, ...commands])).toHaveLength(deployed);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('comes to rest with one revision, all of it serving, once its tasks come up', () => {
    fc.assert(
      fc.property(
        desiredCounts,
        limits,
        safeguards,
        happenings,
        (desired, limit, guards, events) => {
          const happened = happen(newService(desired, limit, guards), [
            ...events,
            { what: 'deploy', pick: 0 },
          ]);
          assumeRoom(happened.state);
          const { state } = comeToRest(happened, [{ kind: 'serves', afterMs: 200 }]);
          expect(state.deployments).toMatchObject([{ rollout: 'completed' }]);
          expect(state.tasks).toHaveLength(state.desiredCount);
          expect(new Set(state.tasks.map((task) => task.deploymentId)).size).toBeLessThanOrEqual(1);
          expect(state.deployments[0]?.id).toBe(state.lastCompleted?.id);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('goes to nothing when it is deleted', () => {
    fc.assert(
      fc.property(limits, happenings, (limit, events) => {
        const begun = happen(newService(3, limit, watched), events);
        let state = step(begun.state, { kind: 'drain' }, begun.now).state;
        for (const task of state.tasks) {
          const next = step(state, { kind: 'task-stopped', task: task.number }, begun.now);
          expect(next.commands.filter(({ kind }) => kind === 'start-task')).toEqual([]);
          state = next.state;
        }
        expect(state).toMatchObject({ tasks: [], currentRollout: undefined });
      }),
    );
  });
});
