import {
  paginateDescribeAlarms,
  SetAlarmStateCommand,
  type CloudWatchClient,
  type CompositeAlarm,
  type MetricAlarm,
} from '@aws-sdk/client-cloudwatch';
import type { AlarmDefinition } from './alarm-definition';
import type { AlarmState } from './evaluate-alarm';
import type { AlarmDecision } from './decide-alarm';

export interface StandingAlarms {
  readonly metricAlarms: readonly MetricAlarm[];
  readonly compositeAlarms: readonly CompositeAlarm[];
}

/** The alarms as moto has them, read again only after something may have changed them: they are many, and looked at often. */
export interface AlarmReader {
  read(): Promise<StandingAlarms>;
  /** What is being read then is not kept either. */
  changed(): void;
}

export function alarmReader(describe: () => Promise<StandingAlarms>): AlarmReader {
  let kept: Promise<StandingAlarms> | undefined;
  return {
    read() {
      const reading = (kept ??= describe());
      reading.catch(() => {
        if (kept === reading) kept = undefined;
      });
      return reading;
    },
    changed: () => (kept = undefined),
  };
}

/** Whether a call may create, change or delete an alarm; policies of scaling and stacks have their own. */
export const changesAlarms = (
  service: string | undefined,
  operation: string | undefined,
): boolean =>
  ['monitoring', 'autoscaling', 'application-autoscaling', 'cloudformation'].includes(
    service ?? '',
  ) && !/^(Describe|Get|List|PutMetricData$)/.test(operation ?? '');

export async function describeAlarms(client: CloudWatchClient): Promise<StandingAlarms> {
  const metricAlarms: MetricAlarm[] = [];
  const compositeAlarms: CompositeAlarm[] = [];
  const input = { AlarmTypes: ['MetricAlarm' as const, 'CompositeAlarm' as const] };
  for await (const page of paginateDescribeAlarms({ client }, input)) {
    metricAlarms.push(...(page.MetricAlarms ?? []));
    compositeAlarms.push(...(page.CompositeAlarms ?? []));
  }
  return { metricAlarms, compositeAlarms };
}

export async function setAlarmState(
  client: CloudWatchClient,
  name: string,
  change: { readonly state: AlarmState; readonly reason: string; readonly data: object },
): Promise<void> {
  await client.send(
    new SetAlarmStateCommand({
      AlarmName: name,
      StateValue: change.state,
      StateReason: change.reason,
      StateReasonData: JSON.stringify(change.data),
    }),
  );
}

/** What CloudWatch adds to the reason, for programs. */
export const reasonData = (
  { condition }: AlarmDefinition,
  { evaluation: { decisive } }: AlarmDecision,
  now: number,
): object => ({
  version: '1.0',
  queryDate: new Date(now).toISOString(),
  threshold: condition.threshold,
  recentDatapoints: decisive.map(({ value }) => value).toReversed(),
});
