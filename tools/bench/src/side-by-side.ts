export interface Contender {
  readonly name: string;
  readonly run: () => Promise<void>;
}

export interface Comparison {
  readonly name: string;
  /** Seconds, median over the rounds, by contender. */
  readonly seconds: Readonly<Record<string, number>>;
  /** Seconds of the baseline over seconds of ours: how many times faster we are. */
  readonly ratio: number;
  readonly goal: number;
}

/** How long something takes by itself, if there is nothing to compare it with. */
export interface Delay {
  readonly name: string;
  /** What the time runs until. */
  readonly what: string;
  /** Median over the rounds. */
  readonly seconds: number;
  readonly atMost: number;
}

/**
 * Times two contenders in turns in one run, so that other load on the machine affects both.
 * @param rounds odd, so that the median is one of them; one round before them warms up
 */
export async function sideBySide(
  name: string,
  {
    ours,
    baseline,
    rounds,
    goal,
  }: { ours: Contender; baseline: Contender; rounds: number; goal: number },
  clock: () => number = () => performance.now() / 1000,
): Promise<Comparison> {
  const times = { ours: [] as number[], baseline: [] as number[] };
  for (let round = -1; round < rounds; round++)
    for (const [key, contender] of [
      ['ours', ours],
      ['baseline', baseline],
    ] as const) {
      const startedAt = clock();
      await contender.run();
      if (round >= 0) times[key].push(clock() - startedAt);
    }
  const [fast, slow] = [median(times.ours), median(times.baseline)];
  return {
    name,
    seconds: { [ours.name]: fast, [baseline.name]: slow },
    ratio: slow / fast,
    goal,
  };
}

export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
