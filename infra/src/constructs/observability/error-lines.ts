import { Construct } from 'constructs';
import { CloudwatchLogMetricFilter } from '../../aws';
import type { Metric } from './metric';

/** The number of errors that an app logs. By name, so that alarms can exist before the app does. */
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
 * Counts JSON lines of libs/telemetry at level error or above. The collector logs to another group, so
 * that its errors do not count.
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
        // Only a metric without dimensions can have a default; otherwise no errors would mean no data.
        defaultValue: '0',
        unit: 'Count',
      },
    });
  }
}
