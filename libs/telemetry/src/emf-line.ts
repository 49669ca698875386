/** CloudWatch's units that we use. */
export type Unit = 'Milliseconds' | 'Count' | 'Count/Second' | 'Seconds';

/** Values of one metric with the same dimensions. */
export interface MetricValues {
  readonly name: string;
  readonly unit: Unit;
  readonly dimensions: Readonly<Record<string, string>>;
  /** At most 100. */
  readonly values: readonly number[];
}

/** CloudWatch takes at most this many values of a metric in a line. */
export const mostValues = 100;

/**
 * A log line from which CloudWatch Logs makes a metric (embedded metric format).
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 * @param timestamp epoch milliseconds
 */
export function emfLine(
  namespace: string,
  { name, unit, dimensions, values }: MetricValues,
  timestamp: number,
): string {
  const metadata = {
    Timestamp: timestamp,
    CloudWatchMetrics: [
      {
        Namespace: namespace,
        Dimensions: [Object.keys(dimensions)],
        Metrics: [{ Name: name, Unit: unit }],
      },
    ],
  };
  return JSON.stringify({ _aws: metadata, ...dimensions, [name]: values });
}
