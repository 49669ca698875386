import { all, synthesise } from '../../../test/synthesise';
import { TraceGroups } from './trace-groups';

const stack = synthesise((scope) => {
  new TraceGroups(scope, 'traces', {
    name: 'clarity-staging',
    api: 'clarity-staging-api',
    mlWorker: 'clarity-staging-ml-worker',
    slowMilliseconds: 800,
  });
});

test('failed and slow requests have a group', () => {
  expect(all(stack, 'aws_xray_group')['traces_bad']?.['filter_expression']).toBe(
    '(service("clarity-staging-api") OR service("clarity-staging-ml-worker")) AND (fault = true OR error = true OR responsetime > 0.8)',
  );
});
