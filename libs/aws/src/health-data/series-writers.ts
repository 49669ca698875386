import { DomainError, type CallOptions, type TimedSample } from '@clarity/domain';
import { setMaxListeners } from 'node:events';
import { compareSamples, inOrder } from '../sample-blocks/position';
import type { Series } from './block-store';

export type Outcome = 'created' | 'duplicate';

/**
 * Stores samples that are in order and each once.
 * @returns those that were not stored before
 */
export type StoreSamples = (
  series: Series,
  samples: readonly TimedSample[],
  options: CallOptions,
) => Promise<ReadonlySet<TimedSample>>;

/** @returns an outcome for each sample, in order */
export type SeriesWriters = (
  series: Series,
  samples: readonly TimedSample[],
  options?: CallOptions,
) => Promise<readonly Outcome[]>;

interface Writer {
  readonly samples: readonly TimedSample[];
  readonly signal: AbortSignal | undefined;
  end(outcome: readonly Outcome[] | Error): void;
}

/** Samples in one round, so that a crowd of large batches does not become one huge one. */
const mostTogether = 20_000;

/**
 * Joins the writers of one series within this process: while one write is under way the others gather,
 * and then go together as the next. So they do not race each other, and 50 of them cost two writes.
 */
export function seriesWriters(store: StoreSamples): SeriesWriters {
  const waiting = new Map<string, Writer[]>();

  const serve = async (series: Series, queue: Writer[]): Promise<void> => {
    while (queue.length > 0) await storeTogether(store, series, takeRound(queue));
    waiting.delete(nameOf(series));
  };

  return (series, samples, { signal } = {}) =>
    new Promise((resolve, reject) => {
      const writer = writerOf(samples, signal, (outcome) =>
        outcome instanceof Error ? reject(outcome) : resolve(outcome),
      );
      const queue = waiting.get(nameOf(series));
      if (queue) return void queue.push(writer);
      const first = [writer];
      waiting.set(nameOf(series), first);
      void serve(series, first);
    });
}

function nameOf({ userId, type }: Series): string {
  return `${userId}#${type}`;
}

/** Ends once: with the outcome, or as soon as its caller gives up. */
function writerOf(
  samples: readonly TimedSample[],
  signal: AbortSignal | undefined,
  settle: (outcome: readonly Outcome[] | Error) => void,
): Writer {
  const giveUp = () => settle(new DomainError('unavailable', 'The write was given up.'));
  if (signal?.aborted) giveUp();
  else signal?.addEventListener('abort', giveUp, { once: true });
  return {
    samples,
    signal,
    end(outcome) {
      signal?.removeEventListener('abort', giveUp);
      settle(outcome);
    },
  };
}

/** The next writers that still wait, as many as go together. */
function takeRound(queue: Writer[]): Writer[] {
  const round: Writer[] = [];
  let samples = 0;
  while (queue.length > 0 && samples < mostTogether) {
    const writer = queue.shift()!;
    if (writer.signal?.aborted) continue;
    round.push(writer);
    samples += writer.samples.length;
  }
  return round;
}

async function storeTogether(
  store: StoreSamples,
  series: Series,
  writers: readonly Writer[],
): Promise<void> {
  if (writers.length === 0) return;
  const [stop, release] = abortedWhenAllAre(writers.map(({ signal }) => signal));
  try {
    // Stable: of the same sample twice the one that was sent first is stored.
    const samples = eachOnce(inOrder(writers.flatMap((writer) => writer.samples)));
    const created = new Set(await store(series, samples, { signal: stop }));
    for (const { samples: own, end } of writers)
      end(own.map((sample) => (created.delete(sample) ? 'created' : 'duplicate')));
  } catch (error) {
    for (const { end } of writers) end(error instanceof Error ? error : new Error(String(error)));
  } finally {
    release();
  }
}

function eachOnce(samples: readonly TimedSample[]): readonly TimedSample[] {
  return samples.filter((each, n) => n === 0 || compareSamples(samples[n - 1]!, each) !== 0);
}

/** A write goes on as long as a caller waits for it. */
function abortedWhenAllAre(
  signals: readonly (AbortSignal | undefined)[],
): readonly [AbortSignal, () => void] {
  const stop = new AbortController();
  setMaxListeners(0, stop.signal);
  let left = signals.length;
  const gaveUp = () => void (--left === 0 && stop.abort());
  for (const signal of signals) signal?.addEventListener('abort', gaveUp, { once: true });
  return [
    stop.signal,
    () => signals.forEach((signal) => signal?.removeEventListener('abort', gaveUp)),
  ];
}
