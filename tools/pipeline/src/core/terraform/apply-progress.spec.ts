import { applyProgress } from './apply-progress';

test('a finished resource is reported with its time', () => {
  const line = JSON.stringify({
    '@message': 'aws_lb.api: Creation complete after 1m0s',
    type: 'apply_complete',
    hook: { resource: { addr: 'aws_lb.api' }, elapsed_seconds: 60 },
  });
  expect(applyProgress(line)).toEqual({ kind: 'done', text: 'aws_lb.api 60s' });
});

test('an error keeps the address and the provider’s own words', () => {
  const line = JSON.stringify({
    type: 'diagnostic',
    diagnostic: {
      severity: 'error',
      summary: 'creating ECS Service',
      detail: 'AccessDeniedException',
      address: 'aws_ecs_service.api',
    },
  });
  expect(applyProgress(line)).toEqual({
    kind: 'error',
    text: 'aws_ecs_service.api: creating ECS Service: AccessDeniedException',
  });
});

test.each(['', 'not json', '{"type":"version"}', '{"type":"refresh_start"}'])(
  '%j is noise',
  (line) => {
    expect(applyProgress(line)).toBeUndefined();
  },
);
