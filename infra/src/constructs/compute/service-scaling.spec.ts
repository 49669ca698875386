import { all, only, synthesise } from '../../../test/synthesise';
import { EcsService } from '../../aws';
import {
  type ScheduledBounds,
  addScalableTarget,
  addScheduledBounds,
  addTargetTracking,
} from './service-scaling';

const night: ScheduledBounds = {
  name: 'night',
  schedule: 'cron(0 20 * * ? *)',
  timeZone: 'America/New_York',
  minimum: 1,
  maximum: 2,
};
const scaled = (schedule: readonly ScheduledBounds[]) =>
  synthesise((scope) => {
    const service = new EcsService(scope, 'service', { name: 'clarity-test-api' });
    const bounds = { minimum: 2, maximum: 4, schedule };
    const target = addScalableTarget(scope, { clusterName: 'clarity-test', service, ...bounds });
    addScheduledBounds(scope, 'clarity-test-api', target, schedule);
    addTargetTracking(scope, 'cpu', {
      name: 'clarity-test-api-cpu',
      target,
      metric: 'ECSServiceAverageCPUUtilization',
      value: 60,
    });
  });
const byTheClock = scaled([night]);

describe('service scaling', () => {
  it('scales one service within its bounds', () => {
    expect(only(scaled([]), 'aws_appautoscaling_target')).toMatchObject({
      resource_id: 'service/clarity-test/${aws_ecs_service.service.name}',
      min_capacity: 2,
      max_capacity: 4,
    });
  });

  it('changes the bounds in the users’ time zone', () => {
    expect(only(byTheClock, 'aws_appautoscaling_scheduled_action')).toMatchObject({
      name: 'clarity-test-api-night',
      schedule: 'cron(0 20 * * ? *)',
      timezone: 'America/New_York',
      scalable_target_action: { min_capacity: '1', max_capacity: '2' },
    });
  });

  it('does not reset scheduled bounds in an apply', () => {
    const ignored = { lifecycle: { ignore_changes: ['min_capacity', 'max_capacity'] } };
    expect(only(byTheClock, 'aws_appautoscaling_target')).toMatchObject(ignored);
    expect(only(scaled([]), 'aws_appautoscaling_target')).not.toHaveProperty('lifecycle');
  });

  it('scales out faster than in', () => {
    const [policy] = Object.values(all(byTheClock, 'aws_appautoscaling_policy'));
    expect(policy?.['target_tracking_scaling_policy_configuration']).toMatchObject({
      scale_out_cooldown: 60,
      scale_in_cooldown: 300,
    });
  });
});
