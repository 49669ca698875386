import { only, synthesise } from '../../../test/synthesise';
import { ErrorLineFilter, errorLines } from './error-lines';

describe('ErrorLineFilter', () => {
  it('counts errors under the name that alarms use, with zero as the default', () => {
    const metric = errorLines('clarity-test', 'api');
    const stack = synthesise((scope) => {
      new ErrorLineFilter(scope, 'errors', { metric, logGroup: '/clarity/test/api' });
    });
    expect(only(stack, 'aws_cloudwatch_log_metric_filter')).toMatchObject({
      log_group_name: '/clarity/test/api',
      pattern: '{ ($.level = "error") || ($.level = "fatal") }',
      metric_transformation: {
        namespace: metric.namespace,
        name: metric.metricName,
        default_value: '0',
      },
    });
  });
});
