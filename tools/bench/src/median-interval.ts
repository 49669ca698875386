/** A median, and between which values it is with 95 % confidence. */
export interface MedianWithInterval {
  readonly median: number;
  readonly from: number;
  readonly to: number;
}

const confidence = 0.95;

/**
 * The median of independent measurements and its interval, whatever their distribution: that between the ranks which
 * have the median between them in 95 % of the samples (of 15, the 4th smallest and the 4th largest).
 * @param values at least 6; of fewer, no interval is that sure
 * @see Conover, Practical Nonparametric Statistics, 3rd edition (1999), section 3.2
 */
export function medianWithInterval(values: readonly number[]): MedianWithInterval {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (rank: number) => sorted[rank] ?? NaN;
  const half = (sorted.length - 1) / 2;
  const rank = outermostRank(sorted.length);
  return {
    median: (at(Math.floor(half)) + at(Math.ceil(half))) / 2,
    from: at(rank),
    to: at(sorted.length - 1 - rank),
  };
}

/** How many values at each end can be left out: the binomial distribution for the sides of the median. */
function outermostRank(count: number): number {
  let below = 0;
  let probability = 0.5 ** count;
  let rank = -1;
  for (let more = 0; more < count / 2; more++) {
    below += probability;
    if (2 * below > 1 - confidence) break;
    rank = more;
    probability *= (count - more) / (more + 1);
  }
  return rank;
}
