import { serviceProps } from '../../../test/services';
import { all, only, synthesise } from '../../../test/synthesise';
import { FargateApi } from './fargate-api';

const secretArn = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:one';
const stack = synthesise((scope) => {
  new FargateApi(scope, 'api', {
    ...serviceProps,
    name: 'clarity-test-api',
    secrets: {
      CURSOR_KEY: { arn: secretArn },
      CURSOR_KEY_PREVIOUS: { arn: secretArn, stage: 'AWSPREVIOUS' },
    },
    capacity: [
      { provider: 'FARGATE', weight: 1, base: 1 },
      { provider: 'FARGATE_SPOT', weight: 3, base: 0 },
    ],
    rollout: { minimumHealthyPercent: 100, maximumPercent: 200 },
    targetGroupArn: 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/api/1',
    resourceLabel: 'app/clarity-test/1/targetgroup/api/1',
    scaling: {
      minimum: 2,
      maximum: 4,
      cpuPercent: 60,
      memoryPercent: 75,
      requestsPerTargetPerMinute: 6000,
      schedule: [],
    },
  });
});
const containers = JSON.parse(
  String(only(stack, 'aws_ecs_task_definition')['container_definitions']),
) as unknown;

describe('FargateApi', () => {
  it('runs without root, capabilities or a writable disk, with a health check in the container', () => {
    expect(containers).toMatchObject([
      {
        name: 'api',
        user: '65532:65532',
        readonlyRootFilesystem: true,
        linuxParameters: { capabilities: { drop: ['ALL'] } },
        healthCheck: { command: ['CMD', 'node', 'healthcheck.js'], startPeriod: 30 },
        secrets: [
          { name: 'CURSOR_KEY', valueFrom: secretArn },
          { name: 'CURSOR_KEY_PREVIOUS', valueFrom: `${secretArn}::AWSPREVIOUS:` },
        ],
        environment: [
          { name: 'OTEL_SERVICE_NAME', value: 'app' },
          { name: 'PORT', value: '8080' },
          { name: 'RELEASE', value: 'one' },
        ],
      },
      { name: 'collector', essential: false },
    ]);
  });

  it('keeps old revisions registered for rollbacks', () => {
    expect(only(stack, 'aws_ecs_task_definition')).toMatchObject({
      skip_destroy: true,
      requires_compatibilities: ['FARGATE'],
      network_mode: 'awsvpc',
    });
  });

  it('rolls back automatically, and ignores changes of revision and count', () => {
    expect(only(stack, 'aws_ecs_service')).toMatchObject({
      deployment_circuit_breaker: { enable: true, rollback: true },
      deployment_minimum_healthy_percent: 100,
      deployment_maximum_percent: 200,
      availability_zone_rebalancing: 'ENABLED',
      health_check_grace_period_seconds: 30,
      wait_for_steady_state: false,
      network_configuration: { assign_public_ip: false },
      capacity_provider_strategy: [
        { capacity_provider: 'FARGATE', base: 1, weight: 1 },
        { capacity_provider: 'FARGATE_SPOT', base: 0, weight: 3 },
      ],
      lifecycle: { ignore_changes: ['task_definition', 'desired_count'] },
    });
  });

  it('starts only after its role policies are attached', () => {
    expect(only(stack, 'aws_ecs_service')['depends_on']).toEqual([
      'aws_iam_role_policy.api_task_execution_policy',
      'aws_iam_role_policy.api_task_role_policy',
    ]);
  });

  it('scales by CPU, memory and requests within its bounds', () => {
    expect(only(stack, 'aws_appautoscaling_target')).toMatchObject({
      min_capacity: 2,
      max_capacity: 4,
    });
    const metrics = Object.values(all(stack, 'aws_appautoscaling_policy')).map(
      (policy) => policy['target_tracking_scaling_policy_configuration'],
    );
    expect(metrics).toMatchObject([
      { target_value: 60 },
      { target_value: 75 },
      {
        target_value: 6000,
        predefined_metric_specification: {
          predefined_metric_type: 'ALBRequestCountPerTarget',
          resource_label: 'app/clarity-test/1/targetgroup/api/1',
        },
      },
    ]);
  });
});
