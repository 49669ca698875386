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

test('nothing that a program printed can run in the page', () => {
  const page = reportPage(report, { actogram: '<svg onload="alert(1)"/>' });
  expect(page).not.toContain('<script');
  expect(page).not.toContain('onload=');
});
