import { PutMetricDataCommand, type CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { Window } from './decide-alarm';
import type { MetricStore } from './metrics/metric-store';

/** Puts what was measured in a period into moto, for clients that read metrics there. */
export async function publishMetrics(
  cloudWatch: CloudWatchClient,
  store: MetricStore,
  { from, to }: Window,
): Promise<void> {
  const data = store.metrics().flatMap((metric) => {
    const set = store.read(metric, from, to);
    return set ? [{ metric, set }] : [];
  });
  for (const namespace of new Set(data.map(({ metric }) => metric.namespace)))
    await cloudWatch.send(
      new PutMetricDataCommand({
        Namespace: namespace,
        MetricData: data
          .filter(({ metric }) => metric.namespace === namespace)
          .map(({ metric, set }) => ({
            MetricName: metric.name,
            Dimensions: Object.entries(metric.dimensions).map(([Name, Value]) => ({ Name, Value })),
            Timestamp: new Date(from),
            StatisticValues: {
              SampleCount: set.count,
              Sum: set.sum,
              Minimum: set.minimum,
              Maximum: set.maximum,
            },
          })),
      }),
    );
}
