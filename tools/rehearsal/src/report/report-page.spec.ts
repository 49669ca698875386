import type { RehearsalReport } from './report';
import { reportPage } from './report-page';

const report: RehearsalReport = {
  ok: false,
  startedAt: '2026-11-23T02:15:00.000Z',
  seconds: 93.4,
  steps: [{ name: 'deploy', ok: false, seconds: 12.3, detail: 'exit code 10' }],
  resources: { applied: { 'clarity-account': 4, 'clarity-local-data': 31 }, planOnly: [] },
  secondPlan: {},
  releases: [],
  workflows: [],
  failure: { step: 'deploy', message: '<script>alert(1)</script>', logs: 'dist/rehearsal/logs' },
};

test('a failed rehearsal leads with the step, the reason and the logs', () => {
  const page = reportPage(report);
  expect(page).toContain('The rehearsal failed');
  expect(page).toContain('It stopped at “deploy”');
  expect(page).toContain('dist/rehearsal/logs');
  expect(page).toContain('35'); // resources over all stacks
});

test('nothing that a program printed can run in the page', () => {
  const page = reportPage(report, { actogram: '<svg onload="alert(1)"/>' });
  expect(page).not.toContain('<script');
  expect(page).not.toContain('onload=');
});
