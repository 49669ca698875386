import { jsonParser, ValidationError } from '@clarity/schema';
import Type from 'typebox';
import type { MetricStore } from './metric-store';

const parseLine = jsonParser(
  'log line',
  Type.Object({
    _aws: Type.Object({
      /** Epoch milliseconds. */
      Timestamp: Type.Integer(),
      CloudWatchMetrics: Type.Array(
        Type.Object({
          Namespace: Type.String(),
          Dimensions: Type.Array(Type.Array(Type.String())),
          Metrics: Type.Array(Type.Object({ Name: Type.String() })),
        }),
      ),
    }),
  }),
);

/**
 * Records the metrics of a log line in embedded metric format: each with each of its sets of dimensions, of which
 * names and values are members of the line, as its values are. Other lines have none.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function recordEmbeddedMetrics(store: MetricStore, line: string): void {
  if (!line.includes('"CloudWatchMetrics"')) return;
  try {
    const { _aws, ...others } = parseLine(line);
    const members = others as Readonly<Record<string, unknown>>;
    for (const { Namespace: namespace, Dimensions, Metrics } of _aws.CloudWatchMetrics)
      for (const { Name: name } of Metrics)
        for (const names of Dimensions) {
          const dimensions = Object.fromEntries(names.map((each) => [each, String(members[each])]));
          for (const value of [members[name]].flat())
            if (typeof value === 'number')
              store.record({ namespace, name, dimensions }, value, _aws.Timestamp);
        }
  } catch (error) {
    // CloudWatch Logs keeps a malformed line as a line.
    if (!(error instanceof ValidationError)) throw error;
  }
}
