/**
 * Runs a batch; where that fails, each half of it by itself, and so on, until what fails is a single
 * item: one poison item costs its companions some runs and nothing else.
 * @param run answers for each item, in their order, or rejects for all of them
 * @returns for each item, in their order, its answer or why it alone failed; never rejects
 */
export async function isolateFailures<Item, Answer>(
  items: readonly Item[],
  run: (items: readonly Item[]) => Promise<readonly Answer[]>,
): Promise<PromiseSettledResult<Answer>[]> {
  if (items.length === 0) return [];
  try {
    const answers = await run(items);
    if (answers.length !== items.length)
      throw new Error(`${answers.length} answers for ${items.length} items.`);
    return answers.map((value) => ({ status: 'fulfilled', value }));
  } catch (reason) {
    if (items.length === 1) return [{ status: 'rejected', reason }];
    const middle = Math.ceil(items.length / 2);
    const first = await isolateFailures(items.slice(0, middle), run);
    return [...first, ...(await isolateFailures(items.slice(middle), run))];
  }
}
