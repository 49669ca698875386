import type { DeploymentRecord, DeploymentStatusRecord } from '../state/records';
import { nodeId, type Addresses } from './addresses';
import { userAnswer } from './user';

export function deploymentAnswer(addresses: Addresses, record: DeploymentRecord) {
  const { id, sha, ref, task, environment, creator, description, payload } = record;
  const url = `${addresses.api}/deployments/${id}`;
  return {
    id,
    node_id: nodeId('DE', id),
    url,
    repository_url: addresses.api,
    statuses_url: `${url}/statuses`,
    sha,
    ref,
    task,
    payload,
    description,
    environment,
    original_environment: environment,
    production_environment: record.production,
    transient_environment: record.transient,
    creator: userAnswer(addresses, creator),
    created_at: record.createdAt,
    updated_at: record.updatedAt,
  };
}

export function statusAnswer(
  addresses: Addresses,
  deployment: DeploymentRecord,
  { id, state, creator, description, environmentUrl, logUrl, createdAt }: DeploymentStatusRecord,
) {
  const deploymentUrl = `${addresses.api}/deployments/${deployment.id}`;
  return {
    id,
    node_id: nodeId('DES', id),
    url: `${deploymentUrl}/statuses/${id}`,
    deployment_url: deploymentUrl,
    repository_url: addresses.api,
    state,
    creator: userAnswer(addresses, creator),
    description,
    environment: deployment.environment,
    environment_url: environmentUrl,
    log_url: logUrl,
    target_url: logUrl,
    created_at: createdAt,
    updated_at: createdAt,
  };
}
