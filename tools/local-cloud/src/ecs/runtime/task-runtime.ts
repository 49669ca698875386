/** What a runtime has to run: a task whose environment and secrets are already worked out. */
export interface TaskSpec {
  readonly taskId: string;
  readonly containers: readonly ContainerSpec[];
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
  readonly stopTimeoutMs: number;
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
   * @throws CannotStartContainer with the reason as ECS words it
   */
  start(spec: TaskSpec, events: TaskEvents): Promise<RunningTask>;
}

/** A task that never ran; `message` is its stoppedReason, e.g. `CannotPullContainerError: …`. */
export class CannotStartContainer extends Error {}
