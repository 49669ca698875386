import type { WorkflowRecord } from './workflow-record';
import { escapeHtml } from './escape-html';
import { githubHtml } from './github-html';

/** What each workflow came to, and the comment that the pull request got. */
export function workflowsSection(
  workflows: readonly WorkflowRecord[],
  planComment: string | undefined,
): string {
  if (workflows.length === 0) return '';
  const rows = workflows.map(
    ({ file, what, event, conclusion, expected, seconds, jobs }) =>
      `<tr class="${conclusion === expected ? 'good' : 'bad'}"><th scope="row">${escapeHtml(what)}<small>${escapeHtml(event)} → ${escapeHtml(file)}</small></th><td>${escapeHtml(conclusion)}<small>expected ${escapeHtml(expected)}</small></td><td>${jobs.map(job).join('')}</td><td class="number">${seconds.toFixed(0)} s</td></tr>`,
  );
  return `<section><h2>Workflows on the embedded GitHub</h2>
<table class="workflows"><thead><tr><th>What happened</th><th>Conclusion</th><th>Jobs</th><th class="number">Took</th></tr></thead><tbody>${rows.join('\n')}</tbody></table>
${planComment === undefined ? '' : comment(planComment)}
</section>`;
}

function job({ name, conclusion, environment }: WorkflowRecord['jobs'][number]): string {
  const where = environment ? ` → ${environment}` : '';
  return `<span class="job ${escapeHtml(conclusion)}">${escapeHtml(`${name}${where}`)}</span>`;
}

/** In a frame that may do nothing: the comment's HTML is GitHub's to make safe, not ours. */
function comment(markdown: string): string {
  const page = `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><style>${commentStyle}</style><article>${githubHtml(markdown)}</article>`;
  return `<p class="note">The comment in the pull request, as GitHub renders it:</p>
<iframe class="comment" sandbox="" title="The plan comment" srcdoc="${escapeHtml(page)}"></iframe>`;
}

const commentStyle = `
:root { color-scheme: light dark; --line: #d1d9e0; --soft: #f6f8fa; }
@media (prefers-color-scheme: dark) { :root { --line: #3d444d; --soft: #151b23; } }
body { margin: 0; font: 14px/1.5 -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; }
article { padding: 1rem; } h2 { margin: 0 0 1rem; padding-bottom: .3em; border-bottom: 1px solid var(--line); font-size: 1.5em; }
table { border-collapse: collapse; margin-bottom: 1rem; } td, th { padding: 6px 13px; border: 1px solid var(--line); }
code, pre { font: 12px/1.45 ui-monospace, SFMono-Regular, Menlo, monospace; background: var(--soft); border-radius: 6px; }
code { padding: .2em .4em; } pre { padding: 1rem; overflow: auto; } pre code { padding: 0; }
summary { cursor: pointer; margin: .5rem 0; } hr { border: 0; border-top: 4px solid var(--line); margin: 1.5rem 0; }
`;
