import { setMaxListeners } from 'node:events';

/**
 * Maps with at most `limit` calls under way, results in order. After a failure nothing new is started
 * and the calls under way are aborted; all of them end before it returns or throws, so that nothing
 * runs on without its caller.
 * @throws the first error
 */
export async function boundedParallel<Item, Result>(
  items: readonly Item[],
  limit: number,
  call: (item: Item, signal: AbortSignal) => Promise<Result>,
  outer?: AbortSignal,
): Promise<Result[]> {
  const failed = new AbortController();
  const signal = outer ? AbortSignal.any([outer, failed.signal]) : failed.signal;
  setMaxListeners(0, signal);
  const results = new Array<Result>(items.length);
  const errors: unknown[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < items.length && errors.length === 0) {
      const place = next++;
      try {
        results[place] = await call(items[place]!, signal);
      } catch (error) {
        errors.push(error);
        failed.abort();
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work));
  if (errors.length > 0) throw errors[0];
  return results;
}
