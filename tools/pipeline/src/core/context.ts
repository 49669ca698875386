import { join } from 'node:path';
import { SSMClient } from '@aws-sdk/client-ssm';
import { findWorkspace, type Workspace } from '../io/workspace';
import { consoleReporter, type Reporter } from '../io/reporter';
import {
  awsVariables,
  parseEnvironmentName,
  region,
  type AwsTarget,
  type EnvironmentName,
} from './environment';
import { outdirOf } from './stacks/synth';
import { terraformVariables } from './terraform/cli-config';
import { forgetEarlierState } from './terraform/embedded-state';
import { findTerraform } from './terraform/install';
import type { TerraformOptions } from './terraform/terraform';

/** What every verb that touches an environment works with. */
export interface AwsContext {
  readonly workspace: Workspace;
  readonly environment: EnvironmentName;
  readonly aws: AwsTarget;
  readonly reporter: Reporter;
  readonly signal: AbortSignal;
}

/** With Terraform, for the verbs that synthesise, plan and apply. */
export interface Context extends AwsContext {
  readonly terraform: TerraformOptions;
}

/** Finds the workspace and the AWS endpoint, or ends with a sentence that says what is missing. */
export function openAws(
  environmentName: string,
  signal: AbortSignal,
  aws: AwsTarget = 'own',
): AwsContext {
  const environment = parseEnvironmentName(environmentName);
  const workspace = findWorkspace();
  // The AWS SDK reads its endpoint and credentials from the process, as Terraform does.
  Object.assign(process.env, awsVariables(environment, aws, workspace));
  return { workspace, environment, aws, reporter: consoleReporter(), signal };
}

/** As {@link openAws}, and finds Terraform or fetches it. */
export async function openContext(
  environmentName: string,
  signal: AbortSignal,
  aws: AwsTarget = 'own',
): Promise<Context> {
  const context = openAws(environmentName, signal, aws);
  const { workspace, environment, reporter } = context;
  if (environment === 'local') {
    const state = join(outdirOf(workspace, environment, aws), 'state');
    await forgetEarlierState(new SSMClient({ region }), state, reporter);
  }
  const program = await findTerraform(workspace, reporter);
  const endpoint = awsVariables(environment, aws, workspace);
  const variables = { ...(await terraformVariables(workspace)), ...endpoint };
  return { ...context, terraform: { program, variables, signal } };
}
