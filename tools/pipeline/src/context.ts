import { findWorkspace, type Workspace } from './edge/workspace';
import { consoleReporter, type Reporter } from './edge/reporter';
import {
  awsVariables,
  parseEnvironmentName,
  type AwsTarget,
  type EnvironmentName,
} from './environment';
import { terraformVariables } from './terraform/cli-config';
import { findTerraform } from './terraform/install';
import type { TerraformOptions } from './terraform/terraform';

/** What every verb that touches an environment works with. */
export interface Context {
  readonly workspace: Workspace;
  readonly environment: EnvironmentName;
  readonly aws: AwsTarget;
  readonly reporter: Reporter;
  readonly terraform: TerraformOptions;
  readonly signal: AbortSignal;
}

/** Finds the workspace, the AWS endpoint and Terraform, or ends with a sentence that says what is missing. */
export async function openContext(
  environmentName: string,
  signal: AbortSignal,
  aws: AwsTarget = 'own',
): Promise<Context> {
  const environment = parseEnvironmentName(environmentName);
  const workspace = findWorkspace();
  const reporter = consoleReporter();
  const endpoint = awsVariables(environment, aws, workspace);
  // The AWS SDK reads its endpoint and credentials from the process, as Terraform does.
  Object.assign(process.env, endpoint);
  const program = await findTerraform(workspace, reporter);
  const variables = { ...(await terraformVariables(workspace)), ...endpoint };
  const terraform = { program, variables, signal };
  return { workspace, environment, aws, reporter, signal, terraform };
}
