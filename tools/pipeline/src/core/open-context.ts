import { join } from 'node:path';
import { holder } from '../io/actor';
import { consoleReporter } from '../io/reporter';
import { findWorkspace } from '../io/workspace';
import { stackStamps } from './apply/stack-stamps';
import { awsClients } from './aws-clients';
import type { AwsContext, Start, TerraformContext, TerraformStart } from './context';
import { collectDiagnosis } from './diagnosis/collect';
import { awsVariables, type AwsTarget, type EnvironmentName } from './environment';
import { connectGitHub, githubOptions } from './github/client';
import { currentJob } from './github/job';
import { imagePublisher } from './images/image-publisher';
import { environmentLocks } from './locks/environment-locks';
import { forEveryApp, namesOf, type App } from './names';
import { releaseLedger } from './releases/ledger';
import { releasePointer } from './releases/pointer';
import { serviceDeployments } from './rollout/service-deployments';
import { outdirOf, synth } from './stacks/synth';
import { terraformVariables } from './terraform/cli-config';
import { forgetEarlierState } from './terraform/embedded-state';
import { findTerraform } from './terraform/install';
import { terraformIn } from './terraform/terraform';

/** Connects a verb to the workspace, GitHub, AWS and Terraform of this machine. */
export function openStart(signal: AbortSignal): TerraformStart {
  const workspace = findWorkspace();
  const reporter = consoleReporter();
  const start: Start = {
    workspace,
    reporter,
    job: currentJob(),
    signal,
    connectGitHub: (repository) =>
      connectGitHub({ ...githubOptions(process.env, repository), reporter, signal }),
  };
  return {
    ...start,
    openAws: (environment, aws) => openAws(start, environment, aws),
    openTerraform: (environment, aws) => openTerraform(start, environment, aws),
  };
}

/** @see AwsStart.openAws */
export function openAws(
  start: Start,
  environment: EnvironmentName,
  aws: AwsTarget = 'own',
): AwsContext {
  const { workspace, reporter, signal } = start;
  // The AWS SDK reads its endpoint and credentials from the process, as Terraform does.
  Object.assign(process.env, awsVariables(environment, aws, workspace));
  const clients = awsClients(environment === 'local' || aws === 'embedded');
  const { cluster, service, table } = namesOf(environment);
  const refOf = (app: App) => ({ cluster, service: service(app) });
  return {
    ...start,
    environment,
    aws,
    clients,
    ledger: releaseLedger(clients.dynamo(), table),
    pointer: releasePointer(clients.ssm(), environment),
    locks: environmentLocks(clients.dynamo(), { table, holder: holder() }),
    deployments: forEveryApp((app) => serviceDeployments(clients.ecs(), refOf(app))),
    diagnose: (app, taskDefinition) => collectDiagnosis(clients, refOf(app), taskDefinition),
    publishImages: (sources) =>
      imagePublisher(environment, { workspace, reporter, signal, ecr: clients.ecr() }, sources),
  };
}

async function openTerraform(
  start: Start,
  environment: EnvironmentName,
  aws: AwsTarget = 'own',
): Promise<TerraformContext> {
  const context = openAws(start, environment, aws);
  const { workspace, reporter, signal, clients } = context;
  if (environment === 'local') {
    const state = join(outdirOf(workspace, environment, aws), 'state');
    await forgetEarlierState(clients.ssm(), state, reporter);
  }
  const program = await findTerraform(workspace, reporter);
  const endpoint = awsVariables(environment, aws, workspace);
  const common = { ...(await terraformVariables(workspace)), ...endpoint };
  return {
    ...context,
    stamps: stackStamps(clients.ssm(), environment),
    synth: async (options) => {
      reporter.step(`synth ${environment}`);
      return synth({ workspace, environment, aws, signal, ...options });
    },
    terraformOf: ({ folder }, variables) =>
      terraformIn(folder, { program, variables: { ...common, ...variables }, signal }),
  };
}
