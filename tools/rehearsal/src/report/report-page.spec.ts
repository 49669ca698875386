import type { RehearsalReport } from './report';
import { reportPage } from './report-page';

const report: RehearsalReport = {
  ok: false,
  startedAt: '2026-11-23T02:15:00.000Z',
  seconds: 93.4,
  scenarios: [
    {
      name: 'deploy',
      summary: 'deploy the first release',
      verdict: 'failed',
      start: 3,
      seconds: 12.3,
      detail: 'exit code 10',
    },
  ],
  resources: { applied: { 'clarity-account': 4, 'clarity-local-data': 31 }, planOnly: [] },
  secondPlan: {},
  releases: [],
  workflows: [],
  failure: { scenario: 'deploy', message: '<script>alert(1)</script>', log: 'logs/deploy.log' },
};

test('a failed rehearsal leads with the scenario, the reason and its log', () => {
  const page = reportPage(report);
  expect(page).toContain('The rehearsal failed');
  expect(page).toContain('It failed at deploy');
  expect(page).toContain('href="logs/deploy.log"');
  expect(page).toContain('35'); // resources over all stacks
});

test('nothing that a program printed can run in the page, and nothing is loaded', () => {
  const page = reportPage(report, { actogram: '<svg onload="alert(1)"/>' });
  expect(page).not.toContain('<script');
  expect(page).not.toContain('onload=');
  expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
});

test('scenarios are in the order of their starts, and link to their logs', () => {
  const passed = { summary: '', verdict: 'passed', detail: '' } as const;
  const page = reportPage({
    ...report,
    scenarios: [
      { ...passed, name: 'plan', start: 90, seconds: 30, log: 'logs/plan.log' },
      { ...passed, name: 'bootstrap', start: 0, seconds: 90 },
    ],
  });
  expect(page).toContain('<a href="logs/plan.log">plan</a>');
  expect(page.indexOf('bootstrap')).toBeLessThan(page.indexOf('logs/plan.log'));
  expect(page).toContain('left:75.00%;width:25.00%');
});

test('verdicts are in words', () => {
  const release = {
    name: 'v2',
    expected: 'rolledBack',
    verdict: 'rolledBack',
    exitCode: 10,
    secondsAfterEcs: 0.6,
    secondsToUpdateService: 4,
  };
  const page = reportPage({ ...report, releases: [release, { ...release, verdict: 'success' }] });
  expect(page).toContain('rolled back, as expected');
  expect(page).toContain('succeeded, expected: rolled back');
});

test('there are colours for a light and for a dark screen', () => {
  expect(reportPage(report)).toContain('@media (prefers-color-scheme: dark)');
});
