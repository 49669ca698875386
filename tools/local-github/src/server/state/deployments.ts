import type { GitHubServer } from '../../contract';
import { actionsBot } from '../access/tokens';
import type { DeploymentRecord, DeploymentStatusRecord } from './records';
import type { Store } from './store';

export type NewStatus = Pick<DeploymentStatusRecord, 'state'> &
  Partial<Omit<DeploymentStatusRecord, 'id' | 'createdAt'>>;

export function addDeployment(
  store: Store,
  deployment: Omit<DeploymentRecord, 'id' | 'createdAt' | 'updatedAt' | 'statuses'>,
): DeploymentRecord {
  const now = store.now();
  const id = store.nextId();
  const record = { ...deployment, id, createdAt: now, updatedAt: now, statuses: [] };
  store.deploymentsById.set(id, record);
  return record;
}

/** Adds a status; a success makes the environment's earlier deployments inactive, as GitHub does. */
export function addStatus(
  store: Store,
  deployment: DeploymentRecord,
  status: NewStatus,
  { autoInactive = true } = {},
): DeploymentStatusRecord {
  const createdAt = store.now();
  const record: DeploymentStatusRecord = {
    creator: actionsBot,
    description: '',
    environmentUrl: '',
    logUrl: '',
    ...status,
    id: store.nextId(),
    createdAt,
  };
  deployment.statuses.push(record);
  deployment.updatedAt = createdAt;
  if (status.state === 'success' && autoInactive)
    for (const earlier of store.deployments())
      if (isReplacedBy(earlier, deployment)) addStatus(store, earlier, { state: 'inactive' });
  return record;
}

function isReplacedBy(earlier: DeploymentRecord, deployment: DeploymentRecord): boolean {
  return (
    earlier.id < deployment.id &&
    earlier.environment === deployment.environment &&
    !earlier.transient &&
    !earlier.production &&
    earlier.statuses.at(-1)?.state === 'success'
  );
}

/** What GitHub itself writes of a job with an environment. */
export function recordDeployment(
  store: Store,
  { environment, sha, state, url, runId }: Parameters<GitHubServer['recordDeployment']>[0],
  repositoryUrl: string,
): void {
  const unfinished = store
    .deployments()
    .findLast(
      (each) =>
        each.runId === runId &&
        each.environment === environment &&
        each.statuses.at(-1)?.state === 'in_progress',
    );
  const deployment =
    state !== 'in_progress' && unfinished
      ? unfinished
      : addDeployment(store, {
          sha,
          ref: sha,
          task: 'deploy',
          environment,
          creator: actionsBot,
          description: null,
          payload: {},
          production: environment === 'production',
          transient: false,
          runId,
        });
  addStatus(store, deployment, {
    state,
    environmentUrl: url ?? '',
    logUrl: `${repositoryUrl}/actions/runs/${runId}`,
  });
}
