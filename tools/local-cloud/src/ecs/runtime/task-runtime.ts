/** What a runtime has to run: a task whose environment and secrets are already worked out. */
export interface TaskSpec {
  readonly taskId: string;
  readonly containers: readonly ContainerSpec[];
  /** Takes its traces if its own collector cannot run. */
  readonly collectorEndpoint: string;
}

export interface ContainerSpec {
  readonly name: string;
  /** `<repository>@sha256:<digest>` or any other image reference. */
  readonly image: string;
  readonly essential: boolean;
  readonly command: readonly string[] | undefined;
  readonly entryPoint: readonly string[] | undefined;
  readonly environment: Readonly<Record<string, string>>;
  readonly containerPorts: readonly number[];
  readonly healthCheck: HealthCheckSpec | undefined;
  readonly dependsOn: readonly Dependency[];
  readonly stopTimeoutMs: number;
}

/** What another container has to reach before this one starts. */
export interface Dependency {
  readonly container: string;
  readonly condition: 'START' | 'COMPLETE' | 'SUCCESS' | 'HEALTHY';
}

/** Times in milliseconds; `command` as in a task definition: CMD, CMD-SHELL or NONE first. */
export interface HealthCheckSpec {
  readonly command: readonly string[];
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly retries: number;
  readonly startPeriodMs: number;
}

export type ContainerHealth = 'UNKNOWN' | 'HEALTHY' | 'UNHEALTHY';

/** A container as it runs; `skipped` ones are sidecars that this runtime has no image for. */
export interface RunningContainer {
  readonly name: string;
  readonly skipped: boolean;
  readonly pid: number | undefined;
  /** containerPort → port on the loopback of this machine. */
  readonly hostPorts: ReadonlyMap<number, number>;
}

export interface RunningTask {
  readonly containers: readonly RunningContainer[];
  /** Asks every container to end (SIGTERM), then insists (SIGKILL); resolves when all have. */
  stop(): Promise<void>;
}

export interface TaskEvents {
  /** A container ended, asked or not. */
  onExit(container: string, exitCode: number): void;
  onHealth(container: string, health: ContainerHealth): void;
  /** A line a container wrote, without its line break. */
  onLine(container: string, line: string): void;
}

/** How tasks are run: as processes of this machine now, in containers if there is an engine. */
export interface TaskRuntime {
  /**
   * Starts every container of a task.
   * @param signal the task is to stop: no container waits for another one any more
   * @throws CannotStartContainer with the reason as ECS words it
   */
  start(spec: TaskSpec, events: TaskEvents, signal: AbortSignal): Promise<RunningTask>;
}

/** A container that cannot run; `message` is the reason as ECS words it, e.g. `CannotPullContainerError: …`. */
export class CannotStartContainer extends Error {
  /** @param options.container its name, if it is known already */
  constructor(message: string, options: ErrorOptions & { readonly container?: string } = {}) {
    super(message, options);
    this.container = options.container;
  }
  readonly container: string | undefined;
}

/** The error for an image that is not in its registry, in the words of ECS. */
export const imageNotFound = (image: string): CannotStartContainer =>
  new CannotStartContainer(
    `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${image}: not found`,
  );
