import { deploymentAnswer, statusAnswer } from '../answers/deployment';
import { notFound } from '../refusal';
import { addDeployment, addStatus } from '../state/deployments';
import type { DeploymentRecord, DeploymentState } from '../state/records';
import { bodyOf, numberIn, textIn, type Call, type Route, type Routes } from './route';

const reads: Route['needs'] = () => [['deployments', 'read']];
const writes: Route['needs'] = () => [['deployments', 'write']];
const filters = ['sha', 'ref', 'task', 'environment'] as const;

function requested({ store, path }: Call): DeploymentRecord {
  const deployment = store.deploymentsById.get(numberIn(path, 'deployment_id'));
  if (!deployment) throw notFound();
  return deployment;
}

export const deploymentRoutes: Routes = {
  'repos/list-deployments': {
    needs: reads,
    honours: filters,
    answer: ({ store, addresses, query }) => {
      const fits = (deployment: DeploymentRecord) =>
        filters.every((key) => [undefined, 'none', deployment[key]].includes(textIn(query, key)));
      const newestFirst = store.deployments().filter(fits).toReversed();
      return { list: newestFirst.map((each) => deploymentAnswer(addresses, each)) };
    },
  },
  'repos/create-deployment': {
    needs: writes,
    // Nothing is merged into a branch here and no status is required: these two change nothing.
    honours: [
      'ref',
      'task',
      'environment',
      'description',
      'payload',
      'production_environment',
      'transient_environment',
      'auto_merge',
      'required_contexts',
    ],
    answer: (call) => {
      const body = bodyOf(call);
      const ref = textIn(body, 'ref') ?? '';
      const environment = textIn(body, 'environment') ?? 'production';
      const deployment = addDeployment(call.store, {
        ref,
        sha: ref,
        task: textIn(body, 'task') ?? 'deploy',
        environment,
        creator: call.caller.login,
        description: textIn(body, 'description') ?? null,
        payload: body['payload'] ?? {},
        production:
          body['production_environment'] === undefined
            ? environment === 'production'
            : body['production_environment'] === true,
        transient: body['transient_environment'] === true,
        runId: undefined,
      });
      return { status: 201, body: deploymentAnswer(call.addresses, deployment) };
    },
  },
  'repos/get-deployment': {
    needs: reads,
    answer: (call) => ({ status: 200, body: deploymentAnswer(call.addresses, requested(call)) }),
  },
  'repos/list-deployment-statuses': {
    needs: reads,
    answer: (call) => {
      const deployment = requested(call);
      const newestFirst = deployment.statuses.toReversed();
      return { list: newestFirst.map((each) => statusAnswer(call.addresses, deployment, each)) };
    },
  },
  'repos/create-deployment-status': {
    needs: writes,
    honours: ['state', 'target_url', 'log_url', 'description', 'environment_url', 'auto_inactive'],
    answer: (call) => {
      const deployment = requested(call);
      const body = bodyOf(call);
      const status = addStatus(
        call.store,
        deployment,
        {
          state: body['state'] as DeploymentState,
          creator: call.caller.login,
          description: textIn(body, 'description') ?? '',
          environmentUrl: textIn(body, 'environment_url') ?? '',
          logUrl: textIn(body, 'log_url') ?? textIn(body, 'target_url') ?? '',
        },
        { autoInactive: body['auto_inactive'] !== false },
      );
      return { status: 201, body: statusAnswer(call.addresses, deployment, status) };
    },
  },
};
