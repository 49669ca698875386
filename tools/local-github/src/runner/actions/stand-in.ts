import type { Permissions } from '../../contract';

/** One use of an action from the marketplace. */
export interface ActionCall {
  readonly inputs: Readonly<Record<string, string>>;
  /** The job's checkout. */
  readonly workspace: string;
  /** Below it: caches and artifacts. */
  readonly workFolder: string;
  readonly repositoryFolder: string;
  readonly runId: number;
  readonly sha: string;
  /** The environment that the action's process would have. */
  readonly env: Readonly<Record<string, string>>;
  readonly permissions: Permissions;
  readonly cacheSeeds: Readonly<Record<string, string>>;
  print(line: string): void;
  mask(value: string): void;
}

export interface ActionResult {
  readonly outputs?: Readonly<Record<string, string>>;
  /** For the steps that follow. */
  readonly env?: Readonly<Record<string, string>>;
  /** A folder that comes first on PATH for the steps that follow. */
  readonly path?: string;
  /** At the end of the job, if it went well so far. */
  readonly post?: () => Promise<void>;
}

/** Runs in place of an action of the marketplace that our workflows use. */
export interface StandIn {
  /** The major version of the action as which it behaves. */
  readonly version: string;
  /** The supported inputs of the action; any other is refused. */
  readonly inputs: readonly string[];
  /** @throws Error if the action would fail */
  run(call: ActionCall): Promise<ActionResult>;
}
