/**
 * Maps with at most `limit` calls under way, results in order. All calls end before it returns or
 * throws, so that nothing runs on behind the caller's back.
 * @throws the first error by place
 */
export async function boundedParallel<Item, Result>(
  items: readonly Item[],
  limit: number,
  call: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const settled: PromiseSettledResult<Result>[] = [];
  for (let from = 0; from < items.length; from += limit)
    settled.push(...(await Promise.allSettled(items.slice(from, from + limit).map(call))));
  return settled.map((each) => {
    if (each.status === 'rejected') throw each.reason;
    return each.value;
  });
}
