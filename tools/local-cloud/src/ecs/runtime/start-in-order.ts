import {
  CannotStartContainer,
  type ContainerHealth,
  type ContainerSpec,
  type Dependency,
  type RunningContainer,
  type RunningTask,
  type TaskEvents,
} from './task-runtime';

export interface StartedContainer {
  readonly running: RunningContainer;
  stop(): Promise<void>;
}

interface Progress {
  readonly health?: ContainerHealth;
  readonly exitCode?: number;
}

/**
 * Starts the containers of a task in their order, each one when the containers it depends on have reached their
 * conditions. If one cannot start, the others are stopped.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html
 * @param signal ends the wait for a condition
 * @throws CannotStartContainer with the container's name
 */
export async function startInOrder(
  containers: readonly ContainerSpec[],
  events: TaskEvents,
  signal: AbortSignal,
  startOne: (container: ContainerSpec, events: TaskEvents) => Promise<StartedContainer>,
): Promise<RunningTask> {
  const started = new Map<string, StartedContainer>();
  const progress = progressOf(signal);
  const start = async (container: ContainerSpec): Promise<void> => {
    if (started.has(container.name)) return;
    for (const dependency of container.dependsOn) {
      const other = containers.find(({ name }) => name === dependency.container);
      if (!other) continue;
      await start(other);
      if (!started.get(other.name)?.running.skipped)
        await progress.reaches(dependency, container.name);
    }
    started.set(container.name, await startOne(container, progress.seenIn(events)));
  };
  const stop = async () => {
    await Promise.all([...started.values()].map((each) => each.stop()));
  };
  for (const container of containers)
    await start(container).catch(async (cause: Error) => {
      await stop();
      const name = cause instanceof CannotStartContainer ? cause.container : undefined;
      throw new CannotStartContainer(cause.message, { cause, container: name ?? container.name });
    });
  return { containers: [...started.values()].map(({ running }) => running), stop };
}

/** Follows health and exits of containers for as long as others wait for them. */
function progressOf(signal: AbortSignal) {
  const known = new Map<string, Progress>();
  let waiting: (() => void)[] = [];
  const note = (container: string, news: Progress) => {
    known.set(container, { ...known.get(container), ...news });
    for (const look of waiting) look();
  };
  return {
    seenIn: (events: TaskEvents): TaskEvents => ({
      ...events,
      onExit: (container, exitCode) => {
        events.onExit(container, exitCode);
        note(container, { exitCode });
      },
      onHealth: (container, health) => {
        events.onHealth(container, health);
        note(container, { health });
      },
    }),
    reaches: (dependency: Dependency, target: string) =>
      new Promise<void>((resolve, reject) => {
        const end = (settle: () => void) => {
          waiting = waiting.filter((each) => each !== look);
          signal.removeEventListener('abort', look);
          settle();
        };
        const look = () => {
          const state = stateOf(dependency, known.get(dependency.container) ?? {});
          if (state === 'reached') end(resolve);
          else if (state === 'never' || signal.aborted)
            end(() =>
              reject(
                new CannotStartContainer(unresolved(dependency, target), { container: target }),
              ),
            );
        };
        waiting.push(look);
        signal.addEventListener('abort', look);
        look();
      }),
  };
}

/** Whether a container has reached a condition, given what it has done since its start. */
function stateOf(
  { condition }: Dependency,
  { health, exitCode }: Progress,
): 'reached' | 'waiting' | 'never' {
  const ended = exitCode !== undefined;
  switch (condition) {
    case 'START':
      return 'reached';
    case 'COMPLETE':
      return ended ? 'reached' : 'waiting';
    case 'SUCCESS':
      return !ended ? 'waiting' : exitCode === 0 ? 'reached' : 'never';
    case 'HEALTHY':
      if (ended || health === 'UNHEALTHY') return 'never';
      return health === 'HEALTHY' ? 'reached' : 'waiting';
  }
}

/** The words of the ECS agent. */
const unresolved = ({ container, condition }: Dependency, target: string): string =>
  `DependencyError: dependency graph: failed to resolve the container ordering dependency [${container}_${condition}] for target [${target}]`;
