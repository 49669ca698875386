import type { Construct } from 'constructs';
import { CloudwatchMetricAlarm } from '../../aws';
import { isMath, type Metric, type MetricMath } from './metric';

export interface AlarmProps {
  /** Deterministic: deployments, the composite alarm and runbooks refer to it. */
  readonly name: string;
  /** What is wrong and what to do, for the person on call. */
  readonly description: string;
  readonly metric: Metric | MetricMath;
  /** The alarm is breached above it, or below it with `below`. */
  readonly threshold: number;
  readonly below?: boolean;
  readonly periodSeconds: number;
  /** The alarm fires if `breaching` of the last `of` periods breach the threshold. */
  readonly datapoints: { readonly breaching: number; readonly of: number };
  /**
   * How to treat periods without data. `notBreaching` for counts of errors, which AWS does not publish
   * while there are none; `breaching` if a healthy system always reports; `ignore` keeps the state.
   */
  readonly missingData: 'notBreaching' | 'breaching' | 'ignore';
  /** Topics notified of ALARM and OK; none for an alarm that only feeds another decision. */
  readonly notify: readonly string[];
  /** A scaling policy that runs repeatedly while the alarm is in ALARM. */
  readonly scalingPolicyArn?: string;
}

/**
 * The description of an alarm with a link to its section of docs/alarms.md.
 * @param section the title there
 */
export const withGuide = (description: string, section: string): string =>
  `${description} See docs/alarms.md#${section}`;

/** An alarm on one metric, or on an expression over several; its id is its section of docs/alarms.md. */
export function addAlarm(scope: Construct, id: string, props: AlarmProps): CloudwatchMetricAlarm {
  const { metric, periodSeconds, datapoints, scalingPolicyArn } = props;
  return new CloudwatchMetricAlarm(scope, id, {
    alarmName: props.name,
    alarmDescription: withGuide(props.description, id),
    comparisonOperator: props.below ? 'LessThanThreshold' : 'GreaterThanThreshold',
    threshold: props.threshold,
    evaluationPeriods: datapoints.of,
    datapointsToAlarm: datapoints.breaching,
    treatMissingData: props.missingData,
    alarmActions: [...props.notify, ...(scalingPolicyArn ? [scalingPolicyArn] : [])],
    okActions: [...props.notify],
    ...(isMath(metric)
      ? { metricQuery: queries(metric, periodSeconds) }
      : single(metric, periodSeconds)),
  });
}

/** CloudWatch takes percentiles in an argument of their own. */
const single = ({ stat, ...metric }: Metric, period: number) => ({
  ...metric,
  dimensions: { ...metric.dimensions },
  period,
  ...(/^p\d/.test(stat)
    ? // With few requests, p99 is just the slowest one: not significant.
      { extendedStatistic: stat, evaluateLowSampleCountPercentiles: 'ignore' }
    : { statistic: stat }),
});

const queries = (math: MetricMath, period: number) => [
  ...Object.entries(math.metrics).map(([id, metric]) => ({
    id,
    returnData: false,
    metric: { ...metric, dimensions: { ...metric.dimensions }, period },
  })),
  { id: 'result', label: math.label, expression: math.expression, returnData: true },
];
