import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from '@clarity/host';
import { PipelineError } from '../errors';
import type { Workspace } from '../io/workspace';

export const environmentNames = ['dev', 'staging', 'prod', 'local', 'localnext'] as const;
export type EnvironmentName = (typeof environmentNames)[number];

/** As in infra/src/environments/accounts.ts and the workflows; test/region.spec.ts compares them. */
export const region = 'us-east-1';

export function parseEnvironmentName(text: string): EnvironmentName {
  const name = environmentNames.find((candidate) => candidate === text);
  if (name) return name;
  throw new PipelineError(
    'usage',
    `Unknown environment "${text}".`,
    `Choose one of ${environmentNames.join(', ')}.`,
  );
}

/** What an environment runs: container images from ECR, or folders that the embedded ECS runs as processes. */
export type ImageKind = 'container' | 'process';

export function imageKindOf(environment: EnvironmentName): ImageKind {
  return isEmbedded(environment) ? 'process' : 'container';
}

/** Whether an environment is one of the embedded AWS, and of no real account. */
export function isEmbedded(environment: EnvironmentName): boolean {
  return environment === 'local' || environment === 'localnext';
}

/** The AWS to work on: the environment's own account, or the embedded AWS. */
export type AwsTarget = 'own' | 'embedded';

export function parseAwsTarget(text: string): AwsTarget {
  if (text === 'own' || text === 'embedded') return text;
  throw new PipelineError('usage', `--aws is "${text}".`, 'Choose own or embedded.');
}

/** The endpoint of the running embedded AWS: AWS_ENDPOINT_URL, else the file that `local-cloud up` writes. */
export function embeddedEndpoint(
  workspace: Workspace,
  processEnv: NodeJS.ProcessEnv = process.env,
): string | undefined {
  return processEnv['AWS_ENDPOINT_URL'] ?? runningLocalCloud(workspace);
}

/**
 * The environment variables that Terraform and the AWS SDK need: none for a real account, the endpoint for
 * the embedded AWS. Without an endpoint this throws, so that it never falls back to a real account.
 *
 * On the embedded AWS a job of GitHub keeps the credentials of the role that it assumed, as in a real account.
 * A person works with a fixed key, which only the embedded AWS accepts, and as its administrator.
 */
export function awsVariables(
  environment: EnvironmentName,
  target: AwsTarget,
  workspace: Workspace,
  processEnv: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
  if (!isEmbedded(environment) && target === 'own') return {};
  const endpoint = embeddedEndpoint(workspace, processEnv);
  if (!endpoint)
    throw new PipelineError(
      'environment',
      `Environment "${environment}" needs the embedded AWS, which is not running.`,
      'Start it with: npm run local-cloud -- up',
    );
  if (!isLoopback(endpoint))
    throw new PipelineError(
      'environment',
      `AWS_ENDPOINT_URL is ${endpoint}, but the embedded AWS runs on this machine only.`,
      'Unset AWS_ENDPOINT_URL, or choose the environment of a real account.',
    );
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    ...(processEnv['GITHUB_ACTIONS'] === 'true' ? {} : administrator),
  };
}

/** The embedded AWS's administrator. The empty session token replaces one that a person's shell may have. */
const administrator = {
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_SESSION_TOKEN: '',
};

function isLoopback(endpoint: string): boolean {
  const host = URL.canParse(endpoint) ? new URL(endpoint).hostname : '';
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

function runningLocalCloud(workspace: Workspace): string | undefined {
  try {
    const text = readFileSync(join(workspace.local, 'local-cloud', 'local-cloud.json'), 'utf8');
    const { endpoint, pid } = JSON.parse(text) as { endpoint: string; pid: number };
    return isAlive(pid) ? endpoint : undefined;
  } catch {
    return undefined;
  }
}
