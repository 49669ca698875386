import { serviceProps } from '../../../test/services';
import { only, synthesise } from '../../../test/synthesise';
import { HardenedTask } from './hardened-task';
import { RollingService } from './rolling-service';

const service = (maximumPercent: number) =>
  only(
    synthesise((scope) => {
      const task = new HardenedTask(scope, 'task', {
        ...serviceProps,
        name: 'clarity-test-app',
        container: 'app',
        secrets: {},
        gpus: 0,
        stopSeconds: 60,
      });
      new RollingService(scope, 'rolling', {
        ...serviceProps,
        name: 'clarity-test-app',
        task,
        capacity: [{ provider: 'FARGATE_SPOT', weight: 1, base: 0 }],
        rollout: { minimumHealthyPercent: 100, maximumPercent },
        tags: { Service: 'app' },
      });
    }),
    'aws_ecs_service',
  );

describe('RollingService', () => {
  it('rolls back releases that do not start and releases that start and fail', () => {
    expect(service(200)).toMatchObject({
      deployment_circuit_breaker: { enable: true, rollback: true },
      alarms: { enable: true, rollback: true, alarm_names: ['clarity-test-errors'] },
    });
  });

  it('leaves revision and count to the pipeline and the autoscaler', () => {
    expect(service(200)).toMatchObject({
      wait_for_steady_state: false,
      lifecycle: { ignore_changes: ['task_definition', 'desired_count'] },
    });
  });

  it('deploys, instead of being replaced, when its proportion of Spot changes', () => {
    expect(service(200)).toMatchObject({ force_new_deployment: true });
  });

  it('rebalances zones only if it may exceed 100 % of its tasks', () => {
    expect(service(200)['availability_zone_rebalancing']).toBe('ENABLED');
    expect(service(100)['availability_zone_rebalancing']).toBe('DISABLED');
  });

  it('has no health check grace period without a load balancer', () => {
    expect(service(200)).not.toHaveProperty('load_balancer');
    expect(service(200)).not.toHaveProperty('health_check_grace_period_seconds');
  });
});
