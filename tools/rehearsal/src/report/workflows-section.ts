import { inWords } from './in-words';
import { duration } from './time-axis';
import type { JobRecord, WorkflowRecord } from './workflow-record';
import { escapeHtml } from './escape-html';
import { githubHtml } from './github-html';

/** How each workflow ended, where its time went, and the comment that the pull request got. */
export function workflowsSection(
  workflows: readonly WorkflowRecord[],
  planComment: string | undefined,
): string {
  if (workflows.length === 0) return '';
  const rows = workflows.map(({ file, what, event, conclusion, expected, seconds, jobs }) => {
    const surprises = surprisesOf({ conclusion, expected }, jobs);
    return `<tr class="${surprises.length === 0 ? 'passed' : 'failed'}"><th scope="row">${escapeHtml(what)}<small>${escapeHtml(event)} → ${escapeHtml(file)}</small></th><td>${escapeHtml(surprises.join('; ') || `${inWords(conclusion)}, as expected`)}</td><td>${jobs.map(job).join('')}${steps(jobs)}</td><td class="number">${duration(seconds)}</td></tr>`;
  });
  return `<section><h2>Workflows on the embedded GitHub</h2>
<table class="workflows"><thead><tr><th>What happened</th><th>Verdict</th><th>Jobs</th><th class="number">Took</th></tr></thead><tbody>${rows.join('\n')}</tbody></table>
${planComment === undefined ? '' : comment(planComment)}
</section>`;
}

interface End {
  readonly conclusion: string;
  readonly expected?: string;
}

/** What ended in another way than it should: `succeeded, expected: failed`. */
function surprisesOf(run: End, jobs: readonly JobRecord[]): readonly string[] {
  const surprise = ({ conclusion, expected = conclusion }: End, prefix = '') =>
    conclusion === expected
      ? []
      : [`${prefix}${inWords(conclusion)}, expected: ${inWords(expected)}`];
  return [...surprise(run), ...jobs.flatMap((each) => surprise(each, `${each.name}: `))];
}

function job({ name, conclusion, environment }: JobRecord): string {
  const target = environment ? ` → ${environment}` : '';
  return `<span class="job ${escapeHtml(conclusion)}" title="${escapeHtml(inWords(conclusion))}">${escapeHtml(`${name}${target}`)}</span>`;
}

/** Steps that ran for less are left out: they explain nothing. */
const shortestShown = 0.5;

function steps(jobs: readonly JobRecord[]): string {
  const rows = jobs.flatMap(({ name, steps: all }) =>
    all
      .filter(({ seconds }) => seconds >= shortestShown)
      .map(
        (step) =>
          `<tr class="${step.conclusion === 'failure' ? 'failed' : 'passed'}"><td>${escapeHtml(name)}</td><td>${escapeHtml(step.name)}</td><td class="number">${step.seconds.toFixed(1)} s</td></tr>`,
      ),
  );
  if (rows.length === 0) return '';
  return `<details><summary>Seconds per step</summary><table><thead><tr><th>Job</th><th>Step</th><th class="number">Took</th></tr></thead><tbody>${rows.join('')}</tbody></table></details>`;
}

/** In a frame that may do nothing: GitHub makes the HTML of comments safe, we do not. */
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
