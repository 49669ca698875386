import { holder } from '../io/actor';
import { awsClients } from './aws-clients';
import type { AwsContext, Start } from './context';
import { awsVariables, isEmbedded, type AwsTarget, type EnvironmentName } from './environment';
import { loadedAtFirstCall } from './loaded-at-first-call';
import { forEveryApp, namesOf, type App } from './names';

/** @see AwsStart.openAws */
export function openAws(
  start: Start,
  environment: EnvironmentName,
  aws: AwsTarget = 'own',
): AwsContext {
  const { workspace } = start;
  // The AWS SDK reads its endpoint and credentials from the process, as Terraform does.
  Object.assign(process.env, awsVariables(environment, aws, workspace));
  const clients = awsClients(isEmbedded(environment) || aws === 'embedded');
  const { cluster, service, table } = namesOf(environment);
  const refOf = (app: App) => ({ cluster, service: service(app) });
  return {
    ...start,
    environment,
    aws,
    clients,
    ledger: loadedAtFirstCall({ record: true, list: true, find: true }, async () => {
      const { releaseLedger } = await import('./releases/ledger');
      return releaseLedger(await clients.dynamo(), table);
    }),
    pointer: loadedAtFirstCall({ read: true, move: true }, async () => {
      const { releasePointer } = await import('./releases/pointer');
      return releasePointer(await clients.ssm(), environment);
    }),
    locks: loadedAtFirstCall({ take: true, read: true, break: true }, async () => {
      const { environmentLocks } = await import('./locks/environment-locks');
      return environmentLocks(await clients.dynamo(), { table, holder: holder() });
    }),
    deployments: forEveryApp((app) =>
      loadedAtFirstCall(deploymentMethods, async () => {
        const { serviceDeployments } = await import('./rollout/service-deployments');
        return serviceDeployments(await clients.ecs(), refOf(app));
      }),
    ),
    assertRunnable: async (taskDefinition, image) => {
      const { assertRunnable } = await import('./releases/runnable');
      await assertRunnable(await clients.ecs(), await clients.ecr(), taskDefinition, image);
    },
    missingFor: async (app, { taskDefinitions, images }) => {
      const { missingParts } = await import('./releases/missing-parts');
      const wanted = { taskDefinition: taskDefinitions[app], image: images[app] };
      return missingParts(clients, refOf(app), wanted);
    },
    diagnose: async (app, taskDefinition) => {
      const { collectDiagnosis } = await import('./diagnosis/collect');
      return collectDiagnosis(clients, refOf(app), taskDefinition);
    },
  };
}

const deploymentMethods = {
  read: true,
  update: true,
  newest: true,
  stopWithRollback: true,
} as const;
