import type { Comment, Comments } from '../../core/github/comments';

/**
 * Keeps one comment: edits it if it exists, creates it if not. Two runs may find none at the same moment and
 * create one each; both then look again and keep the older one.
 * @param author only comments by them count: anyone can copy a marker into a comment
 * @param marker first line of the body
 */
export async function upsertComment(
  comments: Comments,
  { author, marker, body }: { author: string; marker: string; body: string },
): Promise<{ readonly comment: Comment; readonly action: 'created' | 'updated' | 'unchanged' }> {
  const ours = async () =>
    (await comments.list()).filter(
      (comment) => comment.author === author && comment.body.startsWith(marker),
    );
  const keepOldest = async (all: readonly Comment[]) => {
    const [oldest, ...younger] = all;
    for (const { id } of younger) await comments.remove(id);
    return oldest;
  };

  const found = await keepOldest(await ours());
  if (found?.body === body) return { comment: found, action: 'unchanged' };
  const edited = found && (await comments.update(found.id, body));
  if (edited) return { comment: edited, action: 'updated' };

  // There was none, or it was deleted in the meantime.
  const created = await comments.create(body);
  const oldest = await keepOldest(await ours());
  if (!oldest || oldest.id === created.id) return { comment: created, action: 'created' };
  const updated = await comments.update(oldest.id, body);
  return updated
    ? { comment: updated, action: 'updated' }
    : { comment: await comments.create(body), action: 'created' };
}
