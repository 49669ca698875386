import { Refusal } from '../refusal';
import type { Values } from '../openapi/check-request';
import { textIn } from './route';

/** Newest first, as at GitHub, or in the order of `sort` and `direction`. */
export function inOrder<T extends { readonly createdAt: string; readonly id: number }>(
  records: readonly (T & { readonly updatedAt: string })[],
  query: Values,
): readonly T[] {
  const sort = textIn(query, 'sort') ?? 'created';
  if (sort !== 'created' && sort !== 'updated')
    throw new Refusal(501, `The embedded GitHub does not sort by ${sort}.`);
  const time = (record: (typeof records)[number]) =>
    sort === 'created' ? record.createdAt : record.updatedAt;
  const ascending = records.toSorted((a, b) => time(a).localeCompare(time(b)) || a.id - b.id);
  return query['direction'] === 'asc' ? ascending : ascending.toReversed();
}
