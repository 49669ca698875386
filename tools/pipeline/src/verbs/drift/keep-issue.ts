import type { Issues, Issue } from '../../core/github/issues';
import { hasDrifted } from './find-drift';
import {
  driftFingerprint,
  driftMarker,
  readDriftFingerprint,
  renderDrift,
  type DriftReport,
} from './render-drift';

export type KeptIssue =
  | {
      readonly drifted: true;
      readonly action: 'opened' | 'updated' | 'unchanged';
      readonly issue: Issue;
    }
  | { readonly drifted: false; readonly action: 'closed'; readonly issue: Issue }
  | { readonly drifted: false; readonly action: 'none' };

function driftTitle(environment: string): string {
  return `Drift: ${environment} differs from its code`;
}

/**
 * Keeps one open issue for an environment that has drifted, and none for one that has not. It comments
 * only if the drift has changed since the last run: an edit sends no notification, and a comment
 * every night would be too much.
 */
export async function keepIssue(
  issues: Issues,
  report: DriftReport,
  author: string,
): Promise<KeptIssue> {
  const { environment, commit } = report;
  const marker = driftMarker(environment);
  const [open, ...duplicates] = (await issues.listOpen()).filter(
    (issue) => issue.author === author && issue.body.startsWith(marker),
  );
  // Two runs overlapped; people have replied to the older issue.
  for (const { number } of duplicates) await issues.close(number, 'not_planned');

  if (!report.stacks.some(hasDrifted)) {
    if (!open) return { drifted: false, action: 'none' };
    await issues.comment(open.number, `The difference is gone (at ${commit}).`);
    await issues.close(open.number, 'completed');
    return { drifted: false, action: 'closed', issue: open };
  }

  const title = driftTitle(environment);
  const body = renderDrift(report);
  if (!open) return { drifted: true, action: 'opened', issue: await issues.open(title, body) };
  if (readDriftFingerprint(open.body) === driftFingerprint(report))
    return { drifted: true, action: 'unchanged', issue: open };
  await issues.update(open.number, title, body);
  await issues.comment(open.number, `The difference has changed (at ${commit}); see above.`);
  return { drifted: true, action: 'updated', issue: open };
}
