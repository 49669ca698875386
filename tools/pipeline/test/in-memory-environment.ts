import { join } from 'node:path';
import type { AwsContext, TerraformContext } from '../src/core/context';
import { forEveryApp, type App } from '../src/core/names';
import type { PlanDocument } from '../src/core/plan-report/plan-document';
import type { Release } from '../src/core/releases/release';
import type { Stack } from '../src/core/stacks/manifest';
import { PipelineError } from '../src/errors';
import { inMemoryDeployments, type RolloutEnds } from './in-memory-deployments';
import { inMemoryLocks } from './in-memory-locks';
import { testStart } from './test-start';

const digest = `registry.test/app@sha256:${'a'.repeat(64)}`;

/** A release that ran `api:<version>` and `ml-worker:<version>`. */
export const releaseOf = (
  version: string,
  outcome: Release['outcome'] = 'SUCCESSFUL',
): Release => ({
  id: version,
  gitSha: version,
  images: { api: digest, 'ml-worker': digest },
  taskDefinitions: { api: `api:${version}`, 'ml-worker': `ml-worker:${version}` },
  startedAt: '2026-11-23T02:15:00Z',
  finishedAt: '2026-11-23T02:16:00Z',
  actor: 'ada',
  kind: 'deploy',
  outcome,
});

export interface InMemoryOptions {
  readonly root: string;
  /** Releases in the ledger, oldest first; the last successful one is current and runs. */
  readonly history?: readonly Release[];
  /** How the rollout of a task definition ends; SUCCESSFUL if it is not here. */
  readonly ends?: RolloutEnds;
  /** Apps with a deployment in flight, which ends once it is stopped. */
  readonly inFlight?: readonly App[];
  /** Apps that are to run no task. */
  readonly stopped?: readonly App[];
}

/** An environment that keeps everything in memory, and whose rollouts end at once. */
export function inMemoryEnvironment({
  root,
  history = [],
  ends = {},
  inFlight = [],
  stopped = [],
}: InMemoryOptions) {
  const started = testStart(root);
  const ledger = [...history];
  let current = ledger.findLast(({ outcome }) => outcome === 'SUCCESSFUL');
  const running = forEveryApp((app) => current?.taskDefinitions[app] ?? '');
  const calls: string[] = [];
  const locks = inMemoryLocks();

  const deploymentsOf = (app: App) =>
    inMemoryDeployments(app, {
      running,
      calls,
      ends,
      isInFlight: inFlight.includes(app),
      desired: stopped.includes(app) ? 0 : 1,
    });
  const context: AwsContext = {
    ...started.start,
    environment: 'dev',
    aws: 'own',
    clients: noClients,
    ledger: {
      record: async (release) => void ledger.push(release),
      list: async (limit) => ledger.toReversed().slice(0, limit),
      find: async (id) => ledger.find((release) => release.id === id),
    },
    pointer: {
      read: async () => current,
      move: async (release) => void (current = release),
    },
    locks: locks.port,
    deployments: forEveryApp(deploymentsOf),
    assertRunnable: async () => {},
    missingFor: async () => [],
    diagnose: async (app) => ({
      service: app,
      events: ['it crashed'],
      stoppedTasks: [],
      unhealthyTargets: [],
      alarms: [],
      log: [],
    }),
  };
  return {
    ...started,
    context,
    calls,
    ledger,
    running,
    locks,
    current: () => current,
  };
}

export interface InMemoryStack {
  readonly plan?: PlanDocument;
  readonly outputs?: Record<string, unknown>;
  /** Why Terraform cannot plan it. */
  readonly failure?: string;
}

const phases: Readonly<Record<string, Stack['phase']>> = {
  account: 'bootstrap',
  inference: 'after-rollout',
};

/**
 * With Terraform, whose stacks have these plans and outputs; their folders are in the workspace.
 * @param variables gets what Terraform was given for each stack
 * @param previous the current release of the environment before; none if this is the first
 */
export function withTerraform(
  context: AwsContext,
  calls: string[],
  stacks: Readonly<Record<string, InMemoryStack>>,
  variables: Record<string, Readonly<Record<string, string>>> = {},
  previous?: Release,
): TerraformContext {
  return {
    ...context,
    preflight: async () => {},
    currentReleaseOf: async () => previous,
    publishImages: async () => async (app) => {
      calls.push(`push ${app}`);
      return { image: digest, commit: 'unversioned' };
    },
    keepImages: async () => void calls.push('keep the images'),
    keepProgram: async () => void calls.push('keep the program'),
    stamps: { isApplied: async () => false, forget: async () => {}, remember: async () => {} },
    synth: async () =>
      Object.keys(stacks).map((name): Stack => ({
        name,
        phase: phases[name.split('-').at(-1) ?? ''] ?? 'before-rollout',
        folder: join(context.workspace.root, name),
        dependencies: [],
        previous: previous && { environment: 'staging' },
      })),
    terraformOf: ({ name }, given) => {
      if (given) variables[name] = given;
      return {
        init: async () => {},
        moveState: async () => {},
        plan: async () => {
          const { plan = {}, failure } = stacks[name] ?? {};
          if (failure !== undefined) throw new PipelineError('terraform', failure);
          return plan;
        },
        apply: async () => void calls.push(`apply ${name}`),
        outputs: async () => stacks[name]?.outputs ?? {},
        countResources: async () => 1,
      };
    },
  };
}

const none = () => {
  throw new Error('This test has no AWS.');
};
const noClients: AwsContext['clients'] = {
  cloudWatch: none,
  costExplorer: none,
  dynamo: none,
  ecrAs: none,
  ec2: none,
  ecr: none,
  ecs: none,
  guardDuty: none,
  iam: none,
  loadBalancing: none,
  logs: none,
  route53: none,
  s3: none,
  secretsManager: none,
  serviceQuotas: none,
  sqs: none,
  ssm: none,
  ssmAs: none,
};
