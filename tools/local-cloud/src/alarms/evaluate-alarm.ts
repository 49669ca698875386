export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

export const comparisons = {
  GreaterThanThreshold: (value: number, threshold: number) => value > threshold,
  GreaterThanOrEqualToThreshold: (value: number, threshold: number) => value >= threshold,
  LessThanThreshold: (value: number, threshold: number) => value < threshold,
  LessThanOrEqualToThreshold: (value: number, threshold: number) => value <= threshold,
} as const;

/** What an alarm compares, and how many of how many periods have to breach. */
export interface AlarmCondition {
  readonly comparison: keyof typeof comparisons;
  readonly threshold: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly treatMissingData: 'missing' | 'ignore' | 'breaching' | 'notBreaching';
}

/** One period: when it began (milliseconds since the epoch), and its value if there is one. */
export interface Datapoint {
  readonly at: number;
  readonly value: number | undefined;
}

export interface Evaluation {
  /** Undefined: the state stays what it is. */
  readonly state: AlarmState | undefined;
  /** The datapoints that decided, newest first. */
  readonly decisive: readonly { readonly at: number; readonly value: number }[];
  /** How many periods without data were filled in. */
  readonly filled: number;
}

/**
 * CloudWatch looks at a little more than the evaluation periods, so that late or missing datapoints
 * do not decide if there are enough others. How much more is not documented; its examples have
 * two periods more.
 */
export const evaluationRange = ({ evaluationPeriods }: AlarmCondition): number =>
  evaluationPeriods + 2;

/**
 * The state of an alarm, by CloudWatch's rules for M out of N and for missing data ("Configuring
 * how CloudWatch alarms treat missing data").
 * @param range the datapoints of the evaluation range, oldest first
 */
export function evaluateAlarm(condition: AlarmCondition, range: readonly Datapoint[]): Evaluation {
  const { evaluationPeriods: wanted, datapointsToAlarm, treatMissingData } = condition;
  const newestFirst = range.toReversed();
  const real = newestFirst.flatMap(({ at, value }) => (value === undefined ? [] : [{ at, value }]));
  const decisive = real.slice(0, wanted);
  const breaches = decisive.filter(({ value }) => isBreaching(condition, value)).length;
  const filled = wanted - decisive.length;
  const result = (state: AlarmState | undefined) => ({ state, decisive, filled });

  if (breaches >= datapointsToAlarm) return result('ALARM');
  if (filled === 0) return result('OK');
  if (treatMissingData === 'breaching')
    return result(breaches + filled >= datapointsToAlarm ? 'ALARM' : 'OK');
  if (treatMissingData === 'notBreaching') return result('OK');
  if (real.length === 0)
    return result(treatMissingData === 'ignore' ? undefined : 'INSUFFICIENT_DATA');
  if (breaches < decisive.length) return result('OK');
  // Only breaching datapoints, and too few of them. `missing` calls that an alarm once the oldest is
  // so old that, had the others come, there would be enough; before that the state stays.
  const age = newestFirst.findLastIndex(({ value }) => value !== undefined) + 1;
  return result(treatMissingData === 'missing' && age >= datapointsToAlarm ? 'ALARM' : undefined);
}

export const isBreaching = (
  { comparison, threshold }: Pick<AlarmCondition, 'comparison' | 'threshold'>,
  value: number,
): boolean => comparisons[comparison](value, threshold);
