import type { Cluster } from '@aws-sdk/client-ecs';
import type { EmbeddedEcs } from '../embedded-ecs';
import { countTasks } from '../task/count-tasks';

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
  return {
    ...countTasks(tasks.records().filter((record) => record.clusterArn === clusterArn)),
    activeServicesCount: services
      .all()
      .filter(({ cluster, status }) => cluster.arn === clusterArn && status === 'ACTIVE').length,
  };
}
