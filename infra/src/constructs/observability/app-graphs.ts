import { analysisOutcomes, routeDurations, workerMetrics } from './app-metrics';
import { graph, type Line, type Widget } from './dashboard-widgets';
import type { Metric, MetricMath } from './metric';
import type { MonitoredServices } from './monitored-services';

const line = (label: string, metric: Metric): Line => ({ label, metric });
const onePerValue = (metric: MetricMath): Line => ({ label: metric.label, metric });

/** What the apps measure inside: routes, outcomes, waits and the model. */
export function appGraphs(
  region: string,
  { api, mlWorker }: MonitoredServices['services'],
): readonly Widget[] {
  const worker = workerMetrics(mlWorker);
  return [
    graph({
      region,
      title: 'Requests by route, p99, ms',
      lines: [onePerValue(routeDurations(api, 'p99'))],
    }),
    graph({
      region,
      title: 'Analyses by outcome',
      lines: [onePerValue(analysisOutcomes(mlWorker))],
    }),
    graph({
      region,
      title: 'Wait in the queue, ms',
      lines: ['p50', 'p99'].map((p) => line(p, worker.queueWait(p))),
    }),
    graph({
      region,
      title: 'Inference',
      lines: [
        ...['p50', 'p99'].map((p) => line(`${p}, ms`, worker.inferenceTime(p))),
        { ...line('weeks in a run', worker.batchSize), right: true },
        { ...line('weeks per second', worker.weeksPerSecond), right: true },
      ],
    }),
  ];
}
