import { renderDiagnosis } from './diagnosis';

const nothing = {
  service: 'clarity-prod-api',
  events: [],
  stoppedTasks: [],
  unhealthyTargets: [],
  alarms: [],
  log: [],
};

test('puts the most telling part first, and leaves out what is not known', () => {
  const text = renderDiagnosis({
    ...nothing,
    events: [
      '(service clarity-prod-api) (deployment ecs-svc/1) deployment failed: tasks failed to start.',
    ],
    stoppedTasks: [
      {
        task: '0123',
        reason: 'Essential container in task exited',
        containers: [{ name: 'api', exitCode: 78, reason: 'bad configuration' }],
      },
    ],
    log: ['CURSOR_KEY must be at least 32 characters'],
  });
  expect(text).toContain(
    '0123: Essential container in task exited; api: exit code 78 (bad configuration)',
  );
  expect(text.indexOf('Stopped tasks')).toBeLessThan(text.indexOf('Events'));
  expect(text).not.toContain('Alarms');
});

test('a log line cannot break out of its block', () => {
  const text = renderDiagnosis({ ...nothing, log: ['```', '# not a heading', '`````'] });
  expect(text).toContain('``````text');
});
