/** One page of a list, as AWS cuts it: the token encodes where the next one begins. */
export function paged<T>(
  all: readonly T[],
  { maxResults, nextToken }: { maxResults?: number | undefined; nextToken?: string | undefined },
  defaultSize: number,
): { items: T[]; nextToken: string | undefined } {
  const from = Number(nextToken ?? 0) || 0;
  const to = from + (maxResults ?? defaultSize);
  return { items: all.slice(from, to), nextToken: to < all.length ? String(to) : undefined };
}
