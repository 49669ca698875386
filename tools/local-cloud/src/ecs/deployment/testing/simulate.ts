import type { Command, ServiceEvent, ServiceState } from '../state';
import { nextTick, step } from '../step';
import { eventQueue } from './event-queue';

/** What becomes of a task; times in milliseconds, since it was asked to start. */
export type Fate =
  | { readonly kind: 'never-starts'; readonly afterMs: number }
  | { readonly kind: 'gets-unhealthy'; readonly afterMs: number }
  | { readonly kind: 'serves'; readonly afterMs: number; readonly diesAfterMs?: number };

export interface Simulation {
  readonly from?: number;
  readonly events: readonly { readonly afterMs: number; readonly event: ServiceEvent }[];
  readonly fateOf: (task: { readonly number: number; readonly deploymentId: string }) => Fate;
  readonly stopMs?: number;
  /** Sees every step. */
  readonly onStep?: (
    before: ServiceState,
    after: ServiceState,
    commands: readonly Command[],
    now: number,
  ) => void;
  /** The clock stops there, even if events are left. */
  readonly limitMs?: number;
}

export interface SimulationEnd {
  readonly state: ServiceState;
  readonly commands: readonly Command[];
  /** Of the last event. */
  readonly now: number;
}

/** Runs the state machine on a clock of its own, with tasks that do what their fate is. */
export function simulate(initial: ServiceState, simulation: Simulation): SimulationEnd {
  const { from = 0, events, fateOf, stopMs = 100, onStep, limitMs = 24 * 3_600_000 } = simulation;
  const queue = eventQueue<ServiceEvent>();
  for (const { afterMs, event } of events) queue.add(from + afterMs, event);
  const commands: Command[] = [];
  let state = initial;
  let now = from;
  let tickAt: number | undefined;
  for (let next = queue.next(); next && next.time - from <= limitMs; next = queue.next()) {
    now = next.time;
    if (next.what.kind === 'tick') tickAt = undefined;
    const before = state;
    const made = step(before, next.what, now);
    state = made.state;
    onStep?.(before, state, made.commands, now);
    for (const command of made.commands) {
      commands.push(command);
      if (command.kind === 'start-task')
        for (const { at, event } of lifeOf(
          command.task,
          fateOf({ ...command, number: command.task }),
        ))
          queue.add(now + at, event);
      if (command.kind === 'stop-task')
        queue.add(now + stopMs, { kind: 'task-stopped', task: command.task });
    }
    const due = nextTick(state, now);
    if (due !== undefined && (tickAt === undefined || due < tickAt)) {
      tickAt = due;
      queue.add(due, { kind: 'tick' });
    }
  }
  return { state, commands, now };
}

function lifeOf(task: number, fate: Fate): { at: number; event: ServiceEvent }[] {
  const { afterMs } = fate;
  switch (fate.kind) {
    case 'never-starts':
      return [{ at: afterMs, event: { kind: 'task-stopped', task } }];
    case 'gets-unhealthy':
      return [
        { at: afterMs / 2, event: { kind: 'task-running', task } },
        { at: afterMs, event: { kind: 'task-unhealthy', task, reason: 'no answer' } },
      ];
    case 'serves':
      return [
        { at: afterMs / 2, event: { kind: 'task-running', task } },
        { at: afterMs, event: { kind: 'task-ready', task } },
        ...(fate.diesAfterMs === undefined
          ? []
          : [{ at: fate.diesAfterMs, event: { kind: 'task-stopped', task } as const }]),
      ];
  }
}

/** Commands that end a service deployment. */
const ends: ReadonlySet<Command['kind']> = new Set([
  'deployment-completed',
  'deployment-superseded',
  'rollback-completed',
  'rollback-failed',
]);

/** How each deployment ended, in the order of the ends. */
export const endsIn = (commands: readonly Command[]): string[] =>
  commands.flatMap((command) => {
    if (command.kind === 'deployment-failed')
      return command.rollback.kind === 'to' ? [] : [`failed: ${command.rollback.kind}`];
    return ends.has(command.kind) ? [command.kind] : [];
  });
