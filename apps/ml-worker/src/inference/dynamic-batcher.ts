import { nextBatchStep, type BatchPolicy } from './batch-policy';
import { isolateFailures } from './isolate-failures';

export interface Clock {
  /** Milliseconds, from anywhere, never back. */
  now(): number;
  /** @returns takes it back */
  after(ms: number, call: () => void): () => void;
}

const realClock: Clock = {
  now: () => performance.now(),
  after(ms, call) {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};

interface Waiting<Item, Answer> {
  readonly item: Item;
  readonly since: number;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Puts items that come one by one into batches: as many as wait, up to the largest bucket, when that is
 * full or the oldest has waited long enough. One batch runs at a time; a failing one is bisected.
 * @returns submits an item; settles with what became of it alone
 */
export function dynamicBatcher<Item, Answer>(
  run: (items: readonly Item[]) => Promise<readonly Answer[]>,
  policy: BatchPolicy,
  clock: Clock = realClock,
): (item: Item) => Promise<Answer> {
  const waiting: Waiting<Item, Answer>[] = [];
  let running = false;
  let takeBack = () => {};

  const step = () => {
    if (running) return;
    takeBack();
    const oldest = waiting[0]?.since ?? clock.now();
    const next = nextBatchStep(waiting.length, clock.now() - oldest, policy);
    if (next.kind === 'wait') takeBack = clock.after(next.ms, step);
    if (next.kind === 'run') void settle(waiting.splice(0, next.size));
  };
  const settle = async (batch: readonly Waiting<Item, Answer>[]) => {
    running = true;
    const settled = await isolateFailures(
      batch.map(({ item }) => item),
      run,
    );
    running = false;
    // The next run starts first: what callers do with their answers takes this thread's time.
    step();
    settled.forEach((each, index) => {
      if (each.status === 'fulfilled') batch[index]?.resolve(each.value);
      else batch[index]?.reject(each.reason);
    });
  };
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, since: clock.now(), resolve, reject });
      step();
    });
}
