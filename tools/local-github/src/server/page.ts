const standardSize = 30;
const largestSize = 100;

/**
 * Cuts a page from a list; a `Link` header has the addresses of its neighbours.
 * @param request address of the request; its `per_page` and `page` count, as far as GitHub allows
 */
export function pageOf(
  list: readonly unknown[],
  request: URL,
): { readonly items: readonly unknown[]; readonly headers: Readonly<Record<string, string>> } {
  const given = (name: string, standard: number) =>
    Math.max(1, Number(request.searchParams.get(name) ?? standard) || standard);
  const size = Math.min(given('per_page', standardSize), largestSize);
  const page = given('page', 1);
  const last = Math.max(1, Math.ceil(list.length / size));
  const at = (number: number) => {
    const url = new URL(request);
    url.searchParams.set('page', String(number));
    return url.href;
  };
  const links = [
    ...(page > 1 ? [['prev', Math.min(page - 1, last)] as const] : []),
    ...(page < last ? [['next', page + 1] as const, ['last', last] as const] : []),
    ...(page > 1 ? [['first', 1] as const] : []),
  ];
  return {
    items: list.slice((page - 1) * size, page * size),
    headers:
      links.length > 0
        ? { link: links.map(([rel, number]) => `<${at(number)}>; rel="${rel}"`).join(', ') }
        : {},
  };
}
