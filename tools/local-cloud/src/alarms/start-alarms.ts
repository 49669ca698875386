import { CloudWatchClient, type StateValue } from '@aws-sdk/client-cloudwatch';
import { realTime, type CloudClock } from '../clock/faster-clock';
import type { CallJson } from '../moto/aws-json';
import {
  alarmReader,
  describeAlarms,
  reasonData,
  setAlarmState,
  type StandingAlarms,
} from './alarm-states';
import { ruleHolds } from './composite-rule';
import { alarmBook, type DescribedAlarm } from './due-alarms';
import type { AlarmState } from './evaluate-alarm';
import { decideAlarm, windowsOf } from './decide-alarm';
import { measureQueues } from './measure-queues';
import { metricSource, type MetricSource } from './metric-source';
import { metricStore, type MetricStore } from './metrics/metric-store';
import { publishMetrics } from './publish-metrics';

/** CloudWatch's alarms: evaluates those in moto, and keeps their state there. */
export interface Alarms {
  /** Where the parts of the cloud put what they measure. */
  readonly store: MetricStore;
  /** An alarm may be new, gone or another one. */
  setupChanged(): void;
  close(): Promise<void>;
}

export interface AlarmsOptions {
  readonly clock: CloudClock;
  readonly motoEndpoint: string;
  readonly region: string;
  readonly call: CallJson;
  /** Measures what has a value at any time; called several times a period. */
  readonly sample: (store: MetricStore, now: number) => void;
  readonly onNote: (line: string) => void;
}

const minute = 60;
const hour = 3_600;
/** CloudWatch looks again every 10 s at the soonest. */
const lookAgain = 10;

/** @returns at once; the first look is a moment later */
export function startAlarms(options: AlarmsOptions): Alarms {
  const { clock, motoEndpoint: endpoint, region, call, sample, onNote } = options;
  const { speed } = clock;
  // Metrics are kept by real time, as clients put them; a period of 60 s lasts 60 s of the clock.
  const lasting = (seconds: number) => (seconds * 1000) / speed;
  const realNow = () => clock.now() / speed;
  const later = (realMs: number, action: () => void) =>
    clock.after(realTime(clock, realMs), action);
  const resolutionMs = Math.min(1_000, Math.max(100, lasting(minute) / 10));
  const store = metricStore({ resolutionMs, keptMs: Math.max(60_000, lasting(hour)) });
  const book = alarmBook(lasting, onNote);
  const cloudWatch = new CloudWatchClient({
    endpoint,
    region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const reader = alarmReader(() => describeAlarms(cloudWatch));
  const told = new Set<string>();
  const tellOnce = (error: unknown): undefined => {
    const text = error instanceof Error ? error.message : String(error);
    if (!closed && !told.has(text)) onNote(`alarms: ${text}`);
    told.add(text);
  };
  let closed = false;
  let published = Math.floor(realNow() / lasting(minute));

  const setState = async (name: string, state: AlarmState, reason: string, data: object) => {
    await setAlarmState(cloudWatch, name, { state, reason, data }).finally(reader.changed);
    onNote(`alarm ${name} is ${state}: ${reason}`);
  };
  const measure = async (alarms: readonly DescribedAlarm[], now: number) => {
    const period = Math.floor(now / lasting(minute));
    if (period === published) return;
    const definitions = alarms.map(({ definition }) => definition);
    await measureQueues(definitions, { call, region, store, now });
    const [from, to] = [published * lasting(minute), period * lasting(minute)];
    published = period;
    await publishMetrics(cloudWatch, store, { from, to });
  };
  const evaluateOne = async (
    { alarm, definition }: DescribedAlarm,
    source: MetricSource,
    now: number,
  ): Promise<AlarmState | undefined> => {
    // An alarm on what nobody measures here stays as it is, or as somebody sets it.
    if (!definition.metrics.some(({ metric }) => source.knows(metric))) return undefined;
    const windows = windowsOf(definition, lasting(definition.periodSeconds), now);
    const decision = await decideAlarm(definition, windows, source.read);
    if (!decision || decision.state === alarm.StateValue) return undefined;
    const { state, reason } = decision;
    await setState(definition.name, state, reason, reasonData(definition, decision, now));
    return state;
  };
  /** @returns the states that have changed */
  const evaluate = async (due: readonly DescribedAlarm[], now: number) => {
    const changed = new Map<string, AlarmState>();
    if (due.length === 0) return changed;
    const source = await metricSource(cloudWatch, store);
    for (const each of due) {
      // One alarm that cannot be judged must not keep the others from it.
      const state = await evaluateOne(each, source, now).catch(tellOnce);
      if (state) changed.set(each.definition.name, state);
    }
    return changed;
  };
  const evaluateComposites = async (
    { metricAlarms, compositeAlarms }: StandingAlarms,
    changed: ReadonlyMap<string, AlarmState>,
  ) => {
    const states = new Map<string | undefined, StateValue | undefined>([
      ...metricAlarms.map(({ AlarmName, StateValue }) => [AlarmName, StateValue] as const),
      ...changed,
    ]);
    for (const { AlarmName = '', AlarmRule = 'FALSE', StateValue } of compositeAlarms) {
      const holds = ruleHolds(AlarmRule, (name) => states.get(name));
      const state = holds ? 'ALARM' : 'OK';
      states.set(AlarmName, state);
      const reason = `The rule ${AlarmRule} ${holds ? 'holds' : 'does not hold'}.`;
      if (state !== StateValue) await setState(AlarmName, state, reason, {});
    }
  };
  const look = async () => {
    const now = realNow();
    const standing = await reader.read();
    const alarms = book.read(standing.metricAlarms);
    await measure(alarms, now);
    await evaluateComposites(standing, await evaluate(book.due(alarms, now), now));
  };

  let cancelSample = () => {};
  let cancelLook = () => {};
  let looking: Promise<void> = Promise.resolve();
  const sampleOnAndOn = () => {
    sample(store, realNow());
    cancelSample = later(resolutionMs, sampleOnAndOn);
  };
  const lookLater = () => {
    if (closed) return;
    // A moment after periods end, so that an alarm is as quick as it can be.
    const every = Math.max(500, lasting(lookAgain));
    cancelLook = later(every - (realNow() % every) + 50, () => {
      looking = look().catch(tellOnce).then(lookLater);
    });
  };
  sampleOnAndOn();
  lookLater();
  return {
    store,
    setupChanged: reader.changed,
    close: async () => {
      closed = true;
      cancelSample();
      cancelLook();
      await looking;
      cloudWatch.destroy();
    },
  };
}
