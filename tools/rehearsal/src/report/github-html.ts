import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

/**
 * Renders Markdown as GitHub does: CommonMark, its tables and its other extensions, HTML as far as it
 * lets it through.
 * @returns HTML that may hold more than GitHub allows: show it where nothing can run
 */
export function githubHtml(markdown: string): string {
  return micromark(markdown, {
    allowDangerousHtml: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
}
