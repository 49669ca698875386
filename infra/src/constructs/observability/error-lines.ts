import { Construct } from 'constructs';
import { CloudwatchLogMetricFilter } from '../../aws';
import type { Metric } from './metric';

/** How many errors an app logs. By name, so that alarms can stand before the app does. */
export const errorLines = (namespace: string, service: string): Metric => ({
  namespace,
  metricName: `${service}-errors`,
  dimensions: {},
  stat: 'Sum',
});

export interface ErrorLineFilterProps {
  readonly metric: Metric;
  readonly logGroup: string;
}

/**
 * Counts what an app logs at level error: JSON lines of libs/telemetry. The collector writes
 * elsewhere, so that a broken collector never looks like a broken app.
 */
export class ErrorLineFilter extends Construct {
  constructor(scope: Construct, id: string, { metric, logGroup }: ErrorLineFilterProps) {
    super(scope, id);
    new CloudwatchLogMetricFilter(this, 'filter', {
      name: metric.metricName,
      logGroupName: logGroup,
      pattern: '{ ($.level = "error") || ($.level = "fatal") }',
      metricTransformation: {
        namespace: metric.namespace,
        name: metric.metricName,
        value: '1',
        // A metric with dimensions could have no default, and silence would be no data.
        defaultValue: '0',
        unit: 'Count',
      },
    });
  }
}
