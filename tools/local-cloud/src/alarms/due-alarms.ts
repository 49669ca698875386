import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { LocalCloudError } from '../errors/local-cloud-error';
import { alarmDefinition, type AlarmDefinition } from './alarm-definition';

/** An alarm as moto stores it, and as it is evaluated. */
export interface DescribedAlarm {
  readonly alarm: MetricAlarm;
  readonly definition: AlarmDefinition;
}

/** Remembers which alarms have been judged when. */
export interface AlarmBook {
  /** Leaves out those of a kind that is not supported, and reports each once. */
  read(alarms: readonly MetricAlarm[]): readonly DescribedAlarm[];
  /** Those of which a period has ended, or which are new or changed, since they were due last. */
  due(alarms: readonly DescribedAlarm[], now: number): readonly DescribedAlarm[];
}

/** @param periodMs how long a period lasts here, from its length in seconds in AWS */
export function alarmBook(
  periodMs: (seconds: number) => number,
  onNote: (line: string) => void,
): AlarmBook {
  const evaluated = new Map<string, string>();
  const noted = new Set<string>();
  const define = (alarm: MetricAlarm): AlarmDefinition | undefined => {
    try {
      return alarmDefinition(alarm);
    } catch (error) {
      if (!(error instanceof LocalCloudError)) throw error;
      if (!noted.has(error.message)) onNote(error.message);
      noted.add(error.message);
      return undefined;
    }
  };
  return {
    read: (alarms) =>
      alarms.flatMap((alarm) => {
        const definition = define(alarm);
        return definition ? [{ alarm, definition }] : [];
      }),
    due: (alarms, now) =>
      alarms.filter(({ alarm, definition }) => {
        const period = Math.floor(now / periodMs(definition.periodSeconds));
        const moment = `${period} ${alarm.AlarmConfigurationUpdatedTimestamp?.getTime()}`;
        if (evaluated.get(definition.name) === moment) return false;
        evaluated.set(definition.name, moment);
        return true;
      }),
  };
}
