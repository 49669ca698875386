import { serviceProps } from '../../../test/services';
import { all, only, synthesise } from '../../../test/synthesise';
import { EcsService } from '../../aws';
import { BacklogScaling } from './backlog-scaling';

const scaling = (minimum: number) =>
  synthesise((scope) => {
    const service = new EcsService(scope, 'service', { name: 'clarity-test-ml-worker' });
    new BacklogScaling(scope, 'scaling', {
      name: 'clarity-test-ml-worker',
      clusterName: serviceProps.clusterName,
      service,
      queueName: 'clarity-test-analysis-jobs',
      minimum,
      maximum: 8,
      backlogPerTask: 100,
    });
  });
const fromZero = scaling(0);
const policy = (stack: typeof fromZero, id: string) =>
  all(stack, 'aws_appautoscaling_policy')[`scaling_${id}`];

describe('BacklogScaling', () => {
  it('keeps the backlog per task near its target', () => {
    expect(policy(fromZero, 'backlog')).toMatchObject({
      policy_type: 'TargetTrackingScaling',
      target_tracking_scaling_policy_configuration: {
        target_value: 100,
        customized_metric_specification: {
          metrics: [
            {
              id: 'waiting',
              return_data: false,
              metric_stat: {
                metric: {
                  metric_name: 'ApproximateNumberOfMessagesVisible',
                  dimensions: [{ name: 'QueueName', value: 'clarity-test-analysis-jobs' }],
                },
              },
            },
            { id: 'wanted', return_data: false },
            { expression: 'waiting / IF(FILL(wanted, 0) > 1, wanted, 1)', return_data: true },
          ],
        },
      },
    });
  });

  it('counts desired tasks, which may not run yet while a host starts', () => {
    const text = JSON.stringify(fromZero);
    expect(text).toContain('DesiredTaskCount');
    expect(text).not.toContain('RunningTaskCount');
  });

  it('starts one task when messages wait and none is desired, without notifying', () => {
    expect(policy(fromZero, 'first-task')).toMatchObject({
      step_scaling_policy_configuration: {
        adjustment_type: 'ExactCapacity',
        step_adjustment: [{ metric_interval_lower_bound: '0', scaling_adjustment: 1 }],
      },
    });
    expect(only(fromZero, 'aws_cloudwatch_metric_alarm')).toMatchObject({
      alarm_actions: ['${aws_appautoscaling_policy.scaling_first-task.arn}'],
      ok_actions: [],
      threshold: 0,
      comparison_operator: 'GreaterThanThreshold',
    });
  });

  it('has no start-from-zero alarm if the minimum is above zero', () => {
    expect(all(scaling(1), 'aws_cloudwatch_metric_alarm')).toEqual({});
    expect(policy(scaling(1), 'first-task')).toBeUndefined();
  });
});
