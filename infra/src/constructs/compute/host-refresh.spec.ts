import { account, only, parsed, synthesise } from '../../../test/synthesise';
import { HostRefresh } from './host-refresh';

const stack = synthesise((scope) => {
  new HostRefresh(scope, 'refresh', {
    name: 'clarity-test-gpu',
    account,
    schedule: 'cron(0 8 ? * SUN *)',
  });
});
const schedule = only(stack, 'aws_scheduler_schedule');

describe('HostRefresh', () => {
  it('starts a refresh that also replaces hosts with tasks, which are never replaced otherwise', () => {
    expect(schedule).toMatchObject({ schedule_expression: 'cron(0 8 ? * SUN *)' });
    const target = schedule['target'] as { arn: string; input: string };
    expect(target.arn).toBe('arn:aws:scheduler:::aws-sdk:autoscaling:startInstanceRefresh');
    expect(JSON.parse(target.input)).toMatchObject({
      AutoScalingGroupName: 'clarity-test-gpu',
      Preferences: { ScaleInProtectedInstances: 'Refresh' },
    });
  });

  it('can refresh this group only', () => {
    expect(parsed(only(stack, 'aws_iam_role_policy')['policy']).Statement).toMatchObject([
      {
        Action: ['autoscaling:StartInstanceRefresh'],
        Resource: [
          `arn:aws:autoscaling:us-east-1:${account.id}:autoScalingGroup:*:autoScalingGroupName/clarity-test-gpu`,
        ],
      },
    ]);
  });
});
