/** Values of a metric in a stretch of time, folded together. */
export interface StatisticSet {
  readonly count: number;
  readonly sum: number;
  readonly minimum: number;
  readonly maximum: number;
  /** Logarithmic bucket → how many values fell into it; enough for percentiles within 1 %. */
  readonly histogram: ReadonlyMap<number, number>;
}

const growth = Math.log(1.02);
/** All that is not positive has one bucket, below the others. */
const bucketOf = (value: number): number =>
  value > 0 ? Math.ceil(Math.log(value) / growth) : Number.NEGATIVE_INFINITY;
const middleOf = (bucket: number): number =>
  Number.isFinite(bucket) ? Math.exp((bucket - 0.5) * growth) : 0;

export const singleValue = (value: number): StatisticSet => ({
  count: 1,
  sum: value,
  minimum: value,
  maximum: value,
  histogram: new Map([[bucketOf(value), 1]]),
});

/** The statistics of all the values of both. */
export function merged(a: StatisticSet, b: StatisticSet): StatisticSet {
  const histogram = new Map(a.histogram);
  for (const [bucket, count] of b.histogram)
    histogram.set(bucket, (histogram.get(bucket) ?? 0) + count);
  return {
    count: a.count + b.count,
    sum: a.sum + b.sum,
    minimum: Math.min(a.minimum, b.minimum),
    maximum: Math.max(a.maximum, b.maximum),
    histogram,
  };
}

/**
 * One statistic of a set, by CloudWatch's name for it: `Sum`, `Average`, `Minimum`, `Maximum`,
 * `SampleCount`, `p99` (any percentile). Undefined for those that are not supported.
 */
export function statisticOf(set: StatisticSet, name: string): number | undefined {
  switch (name) {
    case 'Sum':
      return set.sum;
    case 'Average':
      return set.sum / set.count;
    case 'Minimum':
      return set.minimum;
    case 'Maximum':
      return set.maximum;
    case 'SampleCount':
      return set.count;
    default: {
      const [, percent] = /^p(\d+(?:\.\d+)?)$/.exec(name) ?? [];
      return percent === undefined ? undefined : percentile(set, Number(percent));
    }
  }
}

function percentile({ histogram, count, minimum, maximum }: StatisticSet, percent: number): number {
  let left = (percent / 100) * count;
  for (const bucket of [...histogram.keys()].toSorted((a, b) => a - b)) {
    left -= histogram.get(bucket) ?? 0;
    if (left <= 1e-9) return Math.min(maximum, Math.max(minimum, middleOf(bucket)));
  }
  return maximum;
}
