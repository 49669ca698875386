import type { Reporter } from '../io/reporter';
import type { Workspace } from '../io/workspace';
import type { StackStamps } from './apply/stack-stamps';
import type { AwsClients } from './aws-clients';
import type { Diagnosis } from './diagnosis/diagnosis';
import type { AwsTarget, EnvironmentName } from './environment';
import type { GitHub } from './github/client';
import type { Job } from './github/job';
import type { ImagePublisher, ImageSources } from './images/image-publisher';
import type { EnvironmentLocks } from './locks/environment-locks';
import type { App } from './names';
import type { Ledger } from './releases/ledger';
import type { ReleasePointer } from './releases/pointer';
import type { Release } from './releases/release';
import type { ServiceDeployments } from './rollout/service-deployments';
import type { PreviousEnvironment, Stack } from './stacks/manifest';
import type { Terraform } from './terraform/terraform';

/** What every verb starts with. */
export interface Start {
  readonly workspace: Workspace;
  readonly reporter: Reporter;
  readonly job: Job;
  readonly signal: AbortSignal;
  /**
   * @param repository `owner/name`; by default GITHUB_REPOSITORY
   * @throws PipelineError `usage` if GITHUB_TOKEN is not set
   */
  connectGitHub(repository?: string): GitHub;
}

export interface AwsStart extends Start {
  /** @throws PipelineError `environment` if it needs the embedded AWS, and none is running */
  openAws(environment: EnvironmentName, aws?: AwsTarget): AwsContext;
}

export interface TerraformStart extends AwsStart {
  /** As `openAws`, and finds Terraform or downloads it. */
  openTerraform(environment: EnvironmentName, aws?: AwsTarget): Promise<TerraformContext>;
}

/** One environment, as verbs use it. Tests give one in memory. */
export interface AwsContext extends Start {
  readonly environment: EnvironmentName;
  readonly aws: AwsTarget;
  readonly clients: AwsClients;
  readonly ledger: Ledger;
  readonly pointer: ReleasePointer;
  readonly locks: EnvironmentLocks;
  readonly deployments: Readonly<Record<App, ServiceDeployments>>;
  /**
   * Checks that ECS still has a task definition as ACTIVE, and ECR its image.
   * @throws PipelineError `noRelease`
   */
  assertRunnable(taskDefinition: string, image: string): Promise<void>;
  /** What ECS would miss when it starts an app of a release, in sentences. */
  missingFor(app: App, release: Release): Promise<readonly string[]>;
  /** Collects why the rollout of a task definition failed. */
  diagnose(app: App, taskDefinition: string): Promise<Diagnosis>;
}

/** With Terraform, for the verbs that synthesise, plan and apply. */
export interface TerraformContext extends AwsContext {
  readonly stamps: StackStamps;
  /**
   * Reports what the account lacks for stacks that were never applied.
   * @throws PipelineError `environment` if an apply would fail half way
   */
  preflight(stacks: readonly Stack[]): Promise<void>;
  synth(): Promise<readonly Stack[]>;
  /** The current release of another environment, possibly in another account. */
  currentReleaseOf(environment: PreviousEnvironment): Promise<Release | undefined>;
  /**
   * @param options where built apps are, and what is current
   * @param previous the environment before, if there is one
   */
  publishImages(
    options: Omit<ImageSources, 'tested'>,
    previous: PreviousEnvironment | undefined,
  ): Promise<ImagePublisher>;
  /** Keeps the images of a release from the lifecycle of their repositories. */
  keepImages(release: Release): Promise<void>;
  /** Keeps this program in the account, for rollbacks that cannot build one. */
  keepProgram(stacks: readonly Stack[]): Promise<void>;
  /** @param variables in Terraform's environment, e.g. `TF_VAR_api_image` */
  terraformOf(stack: Stack, variables?: Readonly<Record<string, string>>): Terraform;
}
