import type { AwsStart, Start, TerraformStart } from './core/context';
import type { Options, Values } from './option';

/** What a verb works with. A verb can open only what it declares. */
interface StartOf {
  readonly nothing: Start;
  readonly aws: AwsStart;
  readonly terraform: TerraformStart;
}
export type Needs = keyof StartOf;

/** Projects of the workspace whose build a verb runs or reads. */
export type Build = 'api' | 'infra' | 'local-cloud' | 'ml-worker';

/** Permissions of a job's GITHUB_TOKEN, e.g. `issues: write`. */
export type GitHubPermissions = Readonly<Record<string, 'read' | 'write'>>;

/**
 * A verb of the pipeline as data. The command line, `--help`, docs/pipelines.md and the lint of the
 * workflows are all derived from it.
 */
export interface VerbOf<Need extends Needs, Of extends Options, Output extends string> {
  /** As it is typed, e.g. `releases list`. */
  readonly name: string;
  readonly summary: string;
  readonly options: Of;
  /** What it gives to later steps of a job, by name, and what that is. */
  readonly outputs: Readonly<Record<Output, string>>;
  /** What it needs at GitHub. */
  readonly github: GitHubPermissions;
  readonly needs: Need;
  readonly builds: readonly Build[];
  run(
    start: StartOf[Need],
    options: Values<Of>,
    output: (name: Output, value: string) => void,
  ): Promise<void>;
}
export type Verb = VerbOf<Needs, Options, string>;

/** Checks that a verb runs with what it declares. */
export function defineVerb<Need extends Needs, Of extends Options, Output extends string>(
  verb: VerbOf<Need, Of, Output>,
): Verb {
  return verb;
}
