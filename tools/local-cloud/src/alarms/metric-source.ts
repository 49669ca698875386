import {
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  type CloudWatchClient,
  type Statistic,
} from '@aws-sdk/client-cloudwatch';
import type { ReadMetric } from './decide-alarm';
import { keyOf, type MetricId, type MetricStore } from './metrics/metric-store';
import { statisticOf } from './metrics/statistic-set';

/** The metrics that there are: our own, and those that others have put into moto. */
export interface MetricSource {
  /** Whether it ever had a value. */
  knows(metric: MetricId): boolean;
  readonly read: ReadMetric;
}

const statistics: readonly string[] = ['Average', 'Maximum', 'Minimum', 'SampleCount', 'Sum'];

/** What can be read now; moto is asked once which metrics it has. */
export async function metricSource(
  cloudWatch: CloudWatchClient,
  store: MetricStore,
): Promise<MetricSource> {
  const { Metrics = [] } = await cloudWatch.send(new ListMetricsCommand({}));
  const behind = new Set(
    Metrics.map(({ Namespace = '', MetricName = '', Dimensions = [] }) =>
      keyOf({
        namespace: Namespace,
        name: MetricName,
        dimensions: Object.fromEntries(
          Dimensions.map(({ Name = '', Value = '' }) => [Name, Value]),
        ),
      }),
    ),
  );
  return {
    knows: (metric) => store.knows(metric) || behind.has(keyOf(metric)),
    read: async (metric, statistic, windows) => {
      if (store.knows(metric))
        return windows.map(({ from, to }) => {
          const set = store.read(metric, from, to);
          return set && statisticOf(set, statistic);
        });
      // moto has no percentiles.
      if (!behind.has(keyOf(metric)) || !statistics.includes(statistic))
        return windows.map(() => undefined);
      return Promise.all(
        windows.map(async ({ from, to }) => {
          const { Datapoints } = await cloudWatch.send(
            new GetMetricStatisticsCommand({
              Namespace: metric.namespace,
              MetricName: metric.name,
              Dimensions: Object.entries(metric.dimensions).map(([Name, Value]) => ({
                Name,
                Value,
              })),
              StartTime: new Date(from),
              EndTime: new Date(to),
              Period: Math.max(1, Math.ceil((to - from) / 1000)),
              Statistics: [statistic as Statistic],
            }),
          );
          return Datapoints?.[0]?.[statistic as Statistic];
        }),
      );
    },
  };
}
