import { merged, singleValue, type StatisticSet } from './statistic-set';

/** A metric by CloudWatch's identity: namespace, name and dimensions. */
export interface MetricId {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** The metrics that the embedded AWS measures itself. Times are milliseconds since the epoch. */
export interface MetricStore {
  record(metric: MetricId, value: number, at: number): void;
  /** Whether there ever was a value. */
  knows(metric: MetricId): boolean;
  /** All values from `from` to before `to`; undefined if there is none. */
  read(metric: MetricId, from: number, to: number): StatisticSet | undefined;
  metrics(): readonly MetricId[];
}

export interface MetricStoreOptions {
  /** Values so close together are folded; windows that are read should be multiples of it. */
  readonly resolutionMs: number;
  readonly keptMs: number;
}

interface Series {
  readonly metric: MetricId;
  readonly sets: Map<number, StatisticSet>;
}

export function metricStore({ resolutionMs, keptMs }: MetricStoreOptions): MetricStore {
  const all = new Map<string, Series>();
  const slotOf = (at: number) => Math.floor(at / resolutionMs);
  return {
    record: (metric, value, at) => {
      const key = keyOf(metric);
      const series = all.get(key) ?? { metric, sets: new Map<number, StatisticSet>() };
      all.set(key, series);
      const slot = slotOf(at);
      const set = series.sets.get(slot);
      series.sets.set(slot, set ? merged(set, singleValue(value)) : singleValue(value));
      const oldest = slotOf(at - keptMs);
      for (const each of series.sets.keys()) {
        if (each >= oldest) break;
        series.sets.delete(each);
      }
    },
    knows: (metric) => all.has(keyOf(metric)),
    read: (metric, from, to) => {
      const { sets } = all.get(keyOf(metric)) ?? {};
      let result: StatisticSet | undefined;
      for (const [slot, set] of sets ?? [])
        if (slot * resolutionMs >= from && slot * resolutionMs < to)
          result = result ? merged(result, set) : set;
      return result;
    },
    metrics: () => [...all.values()].map(({ metric }) => metric),
  };
}

/** The same for the same metric, however its dimensions are ordered. */
export const keyOf = ({ namespace, name, dimensions }: MetricId): string =>
  JSON.stringify([
    namespace,
    name,
    Object.entries(dimensions).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  ]);
