import { keyArn, only, synthesise } from '../../../test/synthesise';
import { ServiceLogs } from './service-logs';

describe('ServiceLogs', () => {
  it('is encrypted and expires', () => {
    const stack = synthesise((scope) => {
      new ServiceLogs(scope, 'logs', { name: '/clarity/test/api', retentionDays: 14, keyArn });
    });
    expect(only(stack, 'aws_cloudwatch_log_group')).toMatchObject({
      name: '/clarity/test/api',
      retention_in_days: 14,
      kms_key_id: keyArn,
    });
  });
});
