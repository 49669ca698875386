import type { Dimension, MetricAlarm, MetricStat } from '@aws-sdk/client-cloudwatch';
import { LocalCloudError } from '../errors/local-cloud-error';
import { comparisons, type AlarmCondition } from './evaluate-alarm';
import type { MetricId } from './metrics/metric-store';
import { parseExpression, type Expression } from './expressions/parse-expression';

/** A metric that an alarm looks at, with the statistic it is read by. */
export interface AlarmMetric {
  readonly id: string;
  readonly metric: MetricId;
  readonly statistic: string;
}

export interface AlarmDefinition {
  readonly name: string;
  readonly condition: AlarmCondition;
  readonly periodSeconds: number;
  readonly expression: Expression;
  readonly metrics: readonly AlarmMetric[];
  /** A percentile of too few values does not change the state. */
  readonly ignoresFewSamples: boolean;
}

/**
 * A metric alarm as DescribeAlarms gives it.
 * @throws LocalCloudError if its kind is not supported, e.g. anomaly detection
 */
export function alarmDefinition(alarm: MetricAlarm): AlarmDefinition {
  const { AlarmName: name = '', ComparisonOperator: comparison, EvaluationPeriods = 1 } = alarm;
  if (!isComparison(comparison) || alarm.Threshold === undefined)
    throw new LocalCloudError(
      `Alarm ${name} has a comparison that the embedded AWS does not support.`,
    );
  return {
    name,
    condition: {
      comparison,
      threshold: alarm.Threshold,
      evaluationPeriods: EvaluationPeriods,
      datapointsToAlarm: alarm.DatapointsToAlarm ?? EvaluationPeriods,
      treatMissingData: treatments.find((each) => each === alarm.TreatMissingData) ?? 'missing',
    },
    ...((alarm.Metrics?.length ?? 0) > 0 ? ofMath(alarm) : ofMetric(alarm)),
    ignoresFewSamples: alarm.EvaluateLowSampleCountPercentile === 'ignore',
  };
}

const treatments = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;
const isComparison = (name: string | undefined): name is AlarmCondition['comparison'] =>
  name !== undefined && name in comparisons;

type Measured = Pick<AlarmDefinition, 'periodSeconds' | 'expression' | 'metrics'>;

function ofMetric({ Period, Statistic, ExtendedStatistic, ...alarm }: MetricAlarm): Measured {
  const metric = {
    namespace: alarm.Namespace ?? '',
    name: alarm.MetricName ?? '',
    dimensions: byName(alarm.Dimensions),
  };
  return {
    periodSeconds: Period ?? 60,
    expression: { kind: 'name', name: 'metric' },
    metrics: [{ id: 'metric', metric, statistic: ExtendedStatistic ?? Statistic ?? 'Average' }],
  };
}

function ofMath({ AlarmName, Metrics = [] }: MetricAlarm): Measured {
  const stats = Metrics.flatMap(({ Id, MetricStat }) =>
    Id && MetricStat ? [{ id: Id, stat: MetricStat }] : [],
  );
  const [result, ...more] = Metrics.filter(({ ReturnData }) => ReturnData !== false);
  if (!result || more.length > 0)
    throw new LocalCloudError(`Alarm ${AlarmName ?? ''} has not exactly one result.`);
  const expressions = new Map(
    Metrics.flatMap(({ Id, Expression: text }) =>
      Id && text ? [[Id, parseExpression(text)] as const] : [],
    ),
  );
  return {
    periodSeconds: Math.max(...stats.map(({ stat }) => stat.Period ?? 60)),
    expression: inlined({ kind: 'name', name: result.Id ?? '' }, expressions),
    metrics: stats.map(({ id, stat }) => ({ id, ...read(stat) })),
  };
}

const read = ({ Metric, Stat }: MetricStat): Omit<AlarmMetric, 'id'> => ({
  metric: {
    namespace: Metric?.Namespace ?? '',
    name: Metric?.MetricName ?? '',
    dimensions: byName(Metric?.Dimensions),
  },
  statistic: Stat ?? 'Average',
});

/** Puts expressions in the place of their ids. */
function inlined(
  expression: Expression,
  expressions: ReadonlyMap<string, Expression>,
  depth = 0,
): Expression {
  if (depth > 100) throw new LocalCloudError('A metric-math expression refers to itself.');
  const inner = (each: Expression) => inlined(each, expressions, depth + 1);
  switch (expression.kind) {
    case 'number':
      return expression;
    case 'name': {
      const named = expressions.get(expression.name);
      return named ? inner(named) : expression;
    }
    case 'negated':
      return { ...expression, of: inner(expression.of) };
    case 'binary':
      return { ...expression, left: inner(expression.left), right: inner(expression.right) };
    case 'call':
      return { ...expression, args: expression.args.map(inner) };
  }
}

const byName = (dimensions: readonly Dimension[] = []): Record<string, string> =>
  Object.fromEntries(dimensions.map(({ Name = '', Value = '' }) => [Name, Value]));
