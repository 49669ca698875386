import { serviceProps } from '../../../test/services';
import { all, only, synthesise } from '../../../test/synthesise';
import { GpuWorker } from './gpu-worker';

const worker = (settings: { gpus: number; provider: string; minimum: number }) =>
  synthesise((scope) => {
    new GpuWorker(scope, 'worker', {
      ...serviceProps,
      name: 'clarity-test-ml-worker',
      secrets: {},
      gpus: settings.gpus,
      capacity: [{ provider: settings.provider, weight: 1, base: 0 }],
      rollout: { minimumHealthyPercent: 0, maximumPercent: 100 },
      queueName: 'clarity-test-analysis-jobs',
      scaling: { minimum: settings.minimum, maximum: 8, backlogPerTask: 100 },
    });
  });
const onGpu = worker({ gpus: 1, provider: 'clarity-test-gpu', minimum: 0 });
const onFargate = worker({ gpus: 0, provider: 'FARGATE', minimum: 1 });
const container = (stack: typeof onGpu) =>
  (
    JSON.parse(String(only(stack, 'aws_ecs_task_definition')['container_definitions'])) as object[]
  )[0];

describe('GpuWorker', () => {
  it('reserves a GPU on our own hosts, and none on Fargate', () => {
    expect(container(onGpu)).toMatchObject({ resourceRequirements: [{ type: 'GPU', value: '1' }] });
    expect(only(onGpu, 'aws_ecs_task_definition')).toMatchObject({
      requires_compatibilities: ['EC2'],
    });
    expect(container(onFargate)).not.toHaveProperty('resourceRequirements');
    expect(only(onFargate, 'aws_ecs_task_definition')).toMatchObject({
      requires_compatibilities: ['FARGATE'],
    });
  });

  it('stops the old task before it starts the new one, since a GPU runs only one', () => {
    expect(only(onGpu, 'aws_ecs_service')).toMatchObject({
      deployment_minimum_healthy_percent: 0,
      deployment_maximum_percent: 100,
      availability_zone_rebalancing: 'DISABLED',
    });
  });

  it('scales by its queue’s backlog', () => {
    const tracking = all(onGpu, 'aws_appautoscaling_policy')['worker_scaling_backlog'];
    expect(tracking?.['resource_id']).toContain('aws_appautoscaling_target.worker_scaling_target');
    expect(JSON.stringify(tracking)).toContain('clarity-test-analysis-jobs');
  });
});
