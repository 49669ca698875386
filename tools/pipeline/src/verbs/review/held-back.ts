import type { Release } from '../../core/releases/release';

/**
 * Why a deploy of `head` has to be approved although its plan was reviewed: it brings back what a rollback left.
 * @param current the release that the pointer names
 * @param contains whether `head` is this commit or came after it
 * @returns undefined if there is no reason
 */
export async function heldBack(
  current: Release | undefined,
  contains: (commit: string) => Promise<boolean>,
): Promise<string | undefined> {
  const { kind, leaves, reason } = current ?? {};
  if (kind !== 'rollback' || leaves === undefined || !(await contains(leaves))) return undefined;
  const because = reason ? ` (${reason})` : '';
  return `This contains ${leaves.slice(0, 7)}, which was rolled back${because}.`;
}
