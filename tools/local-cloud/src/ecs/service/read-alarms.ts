import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  type MetricAlarm,
} from '@aws-sdk/client-cloudwatch';
import { realTime, type CloudClock } from '../../clock/faster-clock';

export interface AlarmLook {
  readonly inAlarm: readonly string[];
  /** How long the slowest of them needs to notice a fault, on the clock of the embedded AWS. */
  readonly bakeMs: number;
}

export interface AlarmReader {
  read(names: readonly string[], region: string): Promise<AlarmLook>;
  /** Its connections. */
  close(): void;
}

/** How often CloudWatch evaluates alarms. */
const evaluatedEverySeconds = 10;
/** Real time from a change of an alarm's state until it is read here. */
const noticedMs = 2_000;

/**
 * Reads alarms from CloudWatch.
 */
export function alarmReader(endpoint: string, clock: CloudClock): AlarmReader {
  const clients = new Map<string, CloudWatchClient>();
  const clientFor = (region: string) => {
    const client =
      clients.get(region) ??
      new CloudWatchClient({
        endpoint,
        region,
        credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      });
    clients.set(region, client);
    return client;
  };
  const read: AlarmReader['read'] = async (names, region) => {
    const { MetricAlarms = [], CompositeAlarms = [] } = await clientFor(region).send(
      new DescribeAlarmsCommand({
        AlarmNames: [...names],
        AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
      }),
    );
    const inAlarm = [...MetricAlarms, ...CompositeAlarms].flatMap(({ AlarmName, StateValue }) =>
      StateValue === 'ALARM' && AlarmName ? [AlarmName] : [],
    );
    const seconds = MetricAlarms.map((alarm) => secondsToNotice(alarm) + evaluatedEverySeconds);
    const bakeMs = MetricAlarms.length && Math.max(...seconds) * 1000 + realTime(clock, noticedMs);
    return { inAlarm, bakeMs };
  };
  return {
    read,
    close: () => {
      for (const client of clients.values()) client.destroy();
    },
  };
}

/** The periods that have to breach, and the one that had begun before the fault. */
function secondsToNotice(alarm: MetricAlarm): number {
  const periods = alarm.DatapointsToAlarm ?? alarm.EvaluationPeriods ?? 1;
  const inMath = (alarm.Metrics ?? []).map(
    ({ Period, MetricStat }) => MetricStat?.Period ?? Period,
  );
  const period = Math.max(...[alarm.Period, ...inMath].map((seconds) => seconds ?? 0));
  return (periods + 1) * period;
}
