import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from '@clarity/host';
import { PipelineError } from '../errors';
import type { Workspace } from '../io/workspace';

export const environmentNames = ['dev', 'staging', 'prod', 'local'] as const;
export type EnvironmentName = (typeof environmentNames)[number];

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
  return environment === 'local' ? 'process' : 'container';
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
 */
export function awsVariables(
  environment: EnvironmentName,
  target: AwsTarget,
  workspace: Workspace,
  processEnv: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
  if (environment !== 'local' && target === 'own') return {};
  const endpoint = embeddedEndpoint(workspace, processEnv);
  if (!endpoint)
    throw new PipelineError(
      'environment',
      `Environment "${environment}" needs the embedded AWS, which is not running.`,
      'Start it with: npm run local-cloud -- up',
    );
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
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
