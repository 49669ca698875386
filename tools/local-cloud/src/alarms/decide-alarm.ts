import type { AlarmDefinition } from './alarm-definition';
import { alarmReason } from './alarm-reason';
import {
  evaluateAlarm,
  evaluationRange,
  type AlarmState,
  type Datapoint,
  type Evaluation,
} from './evaluate-alarm';
import { evaluateExpression, type Series } from './expressions/evaluate-expression';
import type { MetricId } from './metrics/metric-store';

/** A stretch of time, in milliseconds since the epoch: from its start to before its end. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** Where the values of metrics come from: one a window. */
export type ReadMetric = (
  metric: MetricId,
  statistic: string,
  windows: readonly Window[],
) => Promise<Series>;

export interface AlarmDecision {
  readonly state: AlarmState;
  readonly reason: string;
  readonly evaluation: Evaluation;
}

/** The periods that an alarm looks at, oldest first; the last one is over. */
export function windowsOf(
  { condition }: Pick<AlarmDefinition, 'condition'>,
  periodMs: number,
  now: number,
): readonly Window[] {
  const last = Math.floor(now / periodMs);
  return Array.from({ length: evaluationRange(condition) }, (_, index) => {
    const end = last - evaluationRange(condition) + index + 1;
    return { from: (end - 1) * periodMs, to: end * periodMs };
  });
}

/**
 * The state that an alarm is to be in; undefined if it stays in the one it is in.
 * @throws LocalCloudError if its expression cannot be evaluated
 */
export async function decideAlarm(
  alarm: AlarmDefinition,
  windows: readonly Window[],
  read: ReadMetric,
): Promise<AlarmDecision | undefined> {
  const { condition, metrics, expression } = alarm;
  const series = new Map<string, Series>();
  for (const { id, metric, statistic } of metrics) {
    series.set(id, await read(metric, statistic, windows));
    if (alarm.ignoresFewSamples && !(await hasEnough(metric, statistic, windows, read)))
      return undefined;
  }
  const values = evaluateExpression(expression, series, windows.length);
  const range = windows.map(({ from }, index): Datapoint => ({ at: from, value: values[index] }));
  const evaluation = evaluateAlarm(condition, range);
  const { state } = evaluation;
  return state && { state, reason: alarmReason(condition, state, evaluation), evaluation };
}

/** CloudWatch wants 10 / (1 - p) values for a percentile above the median, else 10 / p. */
async function hasEnough(
  metric: MetricId,
  statistic: string,
  windows: readonly Window[],
  read: ReadMetric,
): Promise<boolean> {
  const share = Number(/^p(\d+(?:\.\d+)?)$/.exec(statistic)?.[1] ?? Number.NaN) / 100;
  if (Number.isNaN(share)) return true;
  const needed = 10 / (share > 0.5 ? 1 - share : share);
  const counts = await read(metric, 'SampleCount', windows);
  return counts.every((count) => count === undefined || count >= needed - 1e-6);
}
