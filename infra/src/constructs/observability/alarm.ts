import type { Construct } from 'constructs';
import { CloudwatchMetricAlarm } from '../../aws';
import { isMath, type Metric, type MetricMath } from './metric';

export interface AlarmProps {
  /** Deterministic: deployments, the composite alarm and runbooks refer to it. */
  readonly name: string;
  /** What it means and what to do, for the person who is woken. */
  readonly description: string;
  readonly of: Metric | MetricMath;
  /** Breached above it, unless `below`. */
  readonly threshold: number;
  readonly below?: boolean;
  readonly periodSeconds: number;
  /** So many of so many periods. */
  readonly periods: { readonly breaching: number; readonly of: number };
  /**
   * What silence means. `notBreaching` for a count of bad things, which AWS does not publish while
   * there are none; `breaching` where a healthy system always speaks; `ignore` keeps the state.
   */
  readonly silence: 'notBreaching' | 'breaching' | 'ignore';
  /** Topics told of ALARM and OK; none for an alarm that only feeds another decision. */
  readonly tell: readonly string[];
  /** A scaling policy that ALARM sets off, again and again while it lasts. */
  readonly start?: string;
}

/** An alarm on one metric, or on an expression over several. */
export function alarm(scope: Construct, id: string, props: AlarmProps): CloudwatchMetricAlarm {
  const { of, periodSeconds, periods } = props;
  return new CloudwatchMetricAlarm(scope, id, {
    alarmName: props.name,
    alarmDescription: props.description,
    comparisonOperator: props.below ? 'LessThanThreshold' : 'GreaterThanThreshold',
    threshold: props.threshold,
    evaluationPeriods: periods.of,
    datapointsToAlarm: periods.breaching,
    treatMissingData: props.silence,
    alarmActions: [...props.tell, ...(props.start ? [props.start] : [])],
    okActions: [...props.tell],
    ...(isMath(of) ? { metricQuery: queries(of, periodSeconds) } : single(of, periodSeconds)),
  });
}

/** Percentiles have an argument of their own. */
const single = ({ stat, ...metric }: Metric, period: number) => ({
  ...metric,
  dimensions: { ...metric.dimensions },
  period,
  ...(/^p\d/.test(stat)
    ? // With few requests a p99 is the slowest of them: say nothing of it.
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
