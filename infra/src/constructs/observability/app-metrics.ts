import type { Metric, MetricMath } from './metric';

/** What the apps measure themselves: libs/telemetry and its callers have the names. */
const namespace = 'CLARITY';

/** Durations of the API's requests, a line for each of its routes. */
export const routeDurations = (service: string, stat: string): MetricMath => ({
  label: byDimension('Route'),
  expression: search(service, 'Route', 'RequestDuration', stat),
  metrics: {},
});

/** How the worker's analyses ended, a line for each outcome. */
export const analysisOutcomes = (service: string): MetricMath => ({
  label: byDimension('Outcome'),
  expression: search(service, 'Outcome', 'EndedAnalyses', 'Sum'),
  metrics: {},
});

export const workerMetrics = (service: string) => {
  const metric = (metricName: string, stat: string): Metric => ({
    namespace,
    metricName,
    dimensions: { Service: service },
    stat,
  });
  return {
    queueWait: (stat: string) => metric('QueueWait', stat),
    inferenceTime: (stat: string) => metric('InferenceTime', stat),
    batchSize: metric('BatchSize', 'Average'),
    weeksPerSecond: metric('WeeksPerSecond', 'Average'),
  };
};

/** A label that CloudWatch fills in; the second dollar sign keeps Terraform from doing so. */
const byDimension = (dimension: string): string => `$\${PROP('Dim.${dimension}')}`;

/**
 * Every metric of the name, whichever values `dimension` has; they are not known beforehand.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-search-expressions.html
 */
const search = (service: string, dimension: string, name: string, stat: string): string =>
  `SEARCH('{${namespace},Service,${dimension}} Service="${service}" MetricName="${name}"', '${stat}', 60)`;
