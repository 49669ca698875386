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
  jobs: [
    {
      name: 'deploy',
      conclusion: 'failure',
      environment: 'local',
      steps: [
        { name: 'npm run <pipeline>', conclusion: 'failure', seconds: 42.4 },
        { name: 'checkout', conclusion: 'success', seconds: 0.1 },
      ],
    },
  ],
};

test('a run that fails as it should counts as passed, and its jobs name their environment', () => {
  const html = workflowsSection([record], undefined);
  expect(html).toContain('<tr class="passed">');
  expect(html).toContain('failed, as expected');
  expect(html).toContain('push &lt;a release&gt; that breaks');
  expect(html).toContain('deploy → local');
});

test('a run that should fail and did not is a failure', () => {
  const html = workflowsSection([{ ...record, conclusion: 'success' }], undefined);
  expect(html).toContain('<tr class="failed">');
  expect(html).toContain('succeeded, expected: failed');
});

test('a run that fails in another job than it should is a failure', () => {
  const [deploy] = record.jobs;
  const check = { name: 'check', conclusion: 'failure', expected: 'success', steps: [] };
  const jobs = [
    check,
    { ...deploy, name: 'deploy', conclusion: 'skipped', expected: 'failure', steps: [] },
  ];
  const html = workflowsSection([{ ...record, jobs }], undefined);
  expect(html).toContain('<tr class="failed">');
  expect(html).toContain('check: failed, expected: succeeded; deploy: skipped, expected: failed');
});

test('shows the seconds of each step that took some', () => {
  const html = workflowsSection([record], undefined);
  expect(html).toContain('<td>npm run &lt;pipeline&gt;</td><td class="number">42.4 s</td>');
  expect(html).not.toContain('checkout');
});

test('shows the comment with its tables and folded parts, in a frame in which nothing runs', () => {
  const markdown =
    '| a | b |\n| - | - |\n| 1 | 2 |\n\n<details><summary>x</summary>\n\n**y**\n\n</details>\n';
  expect(githubHtml(markdown)).toMatch(/<table>[^]*<details>[^]*<strong>y<\/strong>/);
  const html = workflowsSection([record], `${markdown}<script>alert(1)</script>`);
  expect(html).toContain('sandbox=""');
  expect(html).not.toMatch(/<script|&lt;script/);
});

test('every golden comment of the pipeline renders to HTML with balanced tags', () => {
  const cases = join(__dirname, '../../../pipeline/test/plan-report');
  for (const name of ['replace', 'injection', 'very-large']) {
    const html = githubHtml(readFileSync(join(cases, name, 'rendered.md'), 'utf8'));
    const count = (tag: string) => html.match(new RegExp(`<${tag}[ >]`, 'g'))?.length ?? 0;
    expect([name, count('details')]).toEqual([name, html.match(/<\/details>/g)?.length ?? 0]);
    expect(html).not.toContain('<script');
  }
});
