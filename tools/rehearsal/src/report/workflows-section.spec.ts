import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { githubHtml } from './github-html';
import { workflowsSection } from './workflows-section';

const record = {
  file: 'deploy.yml',
  what: 'push <a release> that breaks',
  event: 'push',
  conclusion: 'failure',
  expected: 'failure',
  seconds: 61,
  jobs: [{ name: 'deploy', conclusion: 'failure', environment: 'local' }],
};

test('a red run that had to be red is good, and its jobs say where they deployed', () => {
  const html = workflowsSection([record], undefined);
  expect(html).toContain('<tr class="good">');
  expect(html).toContain('push &lt;a release&gt; that breaks');
  expect(html).toContain('deploy → local');
  expect(workflowsSection([{ ...record, conclusion: 'success' }], undefined)).toContain(
    '<tr class="bad">',
  );
});

test('a comment is shown with its tables and folded parts, in a frame where nothing runs', () => {
  const markdown =
    '| a | b |\n| - | - |\n| 1 | 2 |\n\n<details><summary>x</summary>\n\n**y**\n\n</details>\n';
  expect(githubHtml(markdown)).toMatch(/<table>[^]*<details>[^]*<strong>y<\/strong>/);
  const html = workflowsSection([record], `${markdown}<script>alert(1)</script>`);
  expect(html).toContain('sandbox=""');
  expect(html).not.toMatch(/<script|&lt;script/);
});

test('every golden comment of the pipeline is HTML that closes what it opens', () => {
  const cases = join(__dirname, '../../../pipeline/test/plan-report');
  for (const name of ['replace', 'injection', 'very-large']) {
    const html = githubHtml(readFileSync(join(cases, name, 'rendered.md'), 'utf8'));
    const count = (tag: string) => html.match(new RegExp(`<${tag}[ >]`, 'g'))?.length ?? 0;
    expect([name, count('details')]).toEqual([name, html.match(/<\/details>/g)?.length ?? 0]);
    expect(html).not.toContain('<script');
  }
});
