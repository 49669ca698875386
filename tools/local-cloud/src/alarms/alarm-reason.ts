import type { AlarmCondition, AlarmState, Evaluation } from './evaluate-alarm';
import { isBreaching } from './evaluate-alarm';

const words: Readonly<Record<AlarmCondition['comparison'], string>> = {
  GreaterThanThreshold: 'greater than',
  GreaterThanOrEqualToThreshold: 'greater than or equal to',
  LessThanThreshold: 'less than',
  LessThanOrEqualToThreshold: 'less than or equal to',
};

/** Why an alarm is in a state, in CloudWatch's words. */
export function alarmReason(
  condition: AlarmCondition,
  state: AlarmState,
  { decisive, filled }: Pick<Evaluation, 'decisive' | 'filled'>,
): string {
  const { threshold, comparison, datapointsToAlarm, evaluationPeriods, treatMissingData } =
    condition;
  const periods = `${filled} period${filled === 1 ? '' : 's'}`;
  if (state === 'INSUFFICIENT_DATA')
    return `Insufficient Data: ${filled} datapoint${filled === 1 ? ' was' : 's were'} unknown.`;
  if (decisive.length === 0) {
    const as = treatMissingData === 'breaching' ? 'Breaching' : 'NonBreaching';
    const missing = `${filled} missing datapoint${filled === 1 ? ' was' : 's were'}`;
    return `Threshold Crossed: no datapoints were received for ${periods} and ${missing} treated as [${as}].`;
  }
  const alarming = state === 'ALARM';
  const supporting = decisive.filter(({ value }) => isBreaching(condition, value) === alarming);
  const shown = supporting.length > 0 ? supporting : decisive;
  const values = shown.map(({ value, at }) => `${decimal(value)} (${moment(at)})`).join(', ');
  const one = shown.length === 1;
  const of = one ? '1' : String(shown.length);
  const last =
    evaluationPeriods > 1
      ? ` out of the last ${evaluationPeriods} datapoints`
      : one
        ? ' datapoint'
        : ' datapoints';
  const needed = alarming ? datapointsToAlarm : evaluationPeriods - datapointsToAlarm + 1;
  const transition = alarming ? 'OK -> ALARM' : 'ALARM -> OK';
  return `Threshold Crossed: ${of}${last} [${values}] ${one ? 'was' : 'were'}${alarming ? '' : ' not'} ${words[comparison]} the threshold (${decimal(threshold)}) (minimum ${needed} datapoint${needed === 1 ? '' : 's'} for ${transition} transition).`;
}

/** As Java prints doubles: never without a fraction. */
const decimal = (value: number): string =>
  Number.isInteger(value) ? value.toFixed(1) : String(value);

/** `23/11/26 05:11:56`, in UTC. */
function moment(at: number): string {
  const [, century, month, day, time] =
    /^\d\d(\d\d)-(\d\d)-(\d\d)T(.{8})/.exec(new Date(at).toISOString()) ?? [];
  return `${day}/${month}/${century} ${time}`;
}
