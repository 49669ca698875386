import type { Cluster } from '@aws-sdk/client-ecs';
import type { EmbeddedEcs } from '../embedded-ecs';

/** The answer to DescribeClusters: the clusters are moto's, what runs in them is ours. */
export async function describeClusters(
  ecs: EmbeddedEcs,
  body: unknown,
  region: string,
): Promise<object> {
  const { clusters = [], ...answer } = await ecs.motoEcs.describeClusters(body, region);
  return {
    ...answer,
    clusters: clusters.map((cluster) => ({ ...cluster, ...counts(ecs, cluster) })),
  };
}

function counts({ services, tasks }: EmbeddedEcs, { clusterArn }: Cluster) {
  const statuses = tasks
    .all()
    .flatMap(({ record }) => (record.clusterArn === clusterArn ? [record.lastStatus] : []));
  return {
    runningTasksCount: statuses.filter((status) => status === 'RUNNING').length,
    pendingTasksCount: statuses.filter((status) =>
      /^(PROVISIONING|PENDING|ACTIVATING)$/.test(status),
    ).length,
    activeServicesCount: services
      .all()
      .filter(({ cluster, status }) => cluster.arn === clusterArn && status === 'ACTIVE').length,
  };
}
