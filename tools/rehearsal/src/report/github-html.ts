import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

/**
 * Renders Markdown as GitHub does: CommonMark with tables and GitHub's other extensions, and HTML.
 * @returns HTML that may contain more than GitHub allows: show it only in a frame in which nothing can run
 */
export function githubHtml(markdown: string): string {
  return micromark(markdown, {
    allowDangerousHtml: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
}
