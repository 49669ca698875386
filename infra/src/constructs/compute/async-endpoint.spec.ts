import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { account, all, keyArn, only, parsed, synthesise } from '../../../test/synthesise';
import { AsyncEndpoint, inferenceAmi } from './async-endpoint';

const stack = synthesise((scope) => {
  new AsyncEndpoint(scope, 'endpoint', {
    name: 'clarity-test-inference',
    account,
    image: `registry/clarity-ml-worker@sha256:${'b'.repeat(64)}`,
    repositoryArn: 'arn:aws:ecr:us-east-1:123456789012:repository/clarity-ml-worker',
    environment: { WORKER_MODE: 'endpoint' },
    instanceType: 'ml.g5.xlarge',
    maxInstances: 2,
    concurrentInvocations: 4,
    backlogPerInstance: 5,
    output: { bucket: 'bucket', prefix: 'inference' },
    keyArn,
    errorTopicArn: 'arn:topic',
    subnetIds: ['subnet-1'],
    securityGroupId: 'sg-1',
    grants: [],
    logRetentionDays: 14,
    logsKeyArn: keyArn,
  });
});

describe('AsyncEndpoint', () => {
  it('runs the worker’s image in our network', () => {
    expect(only(stack, 'aws_sagemaker_model')).toMatchObject({
      primary_container: { environment: { WORKER_MODE: 'endpoint' } },
      vpc_config: { subnets: ['subnet-1'], security_group_ids: ['sg-1'] },
    });
  });

  it('replaces models and configurations under new names, creating before destroying', () => {
    for (const type of ['aws_sagemaker_model', 'aws_sagemaker_endpoint_configuration'])
      expect(only(stack, type)).toMatchObject({
        name: expect.stringMatching(/^clarity-test-inference-\$\{substr\(sha256\(/),
        lifecycle: { create_before_destroy: true },
      });
    expect(only(stack, 'aws_sagemaker_endpoint')['name']).toBe('clarity-test-inference');
  });

  it('writes results to S3 with our key and notifies of failures', () => {
    expect(only(stack, 'aws_sagemaker_endpoint_configuration')).toMatchObject({
      async_inference_config: {
        client_config: { max_concurrent_invocations_per_instance: 4 },
        output_config: {
          s3_output_path: 's3://bucket/inference/answers/',
          s3_failure_path: 's3://bucket/inference/failures/',
          kms_key_id: keyArn,
          notification_config: { error_topic: 'arn:topic' },
        },
      },
    });
  });

  it('starts instances whose driver supports the CUDA version of the worker’s image', () => {
    expect(only(stack, 'aws_sagemaker_endpoint_configuration')).toMatchObject({
      production_variants: [{ inference_ami_version: inferenceAmi.version }],
    });
    const dockerfile = join(__dirname, '../../../../apps/ml-worker/Dockerfile');
    const [, major] = /nvidia\/cuda:(\d+)\./.exec(readFileSync(dockerfile, 'utf8')) ?? [];
    expect(inferenceAmi.cuda.split('.')[0]).toBe(major);
  });

  it('scales to zero when idle and starts the first instance on a backlog', () => {
    expect(only(stack, 'aws_appautoscaling_target')).toMatchObject({
      min_capacity: 0,
      max_capacity: 2,
      scalable_dimension: 'sagemaker:variant:DesiredInstanceCount',
    });
    expect(only(stack, 'aws_cloudwatch_metric_alarm')).toMatchObject({
      metric_name: 'HasBacklogWithoutCapacity',
      alarm_actions: ['${aws_appautoscaling_policy.endpoint_first-instance.arn}'],
    });
    expect(
      all(stack, 'aws_appautoscaling_policy')['endpoint_backlog']?.[
        'target_tracking_scaling_policy_configuration'
      ],
    ).toMatchObject({ target_value: 5 });
  });

  it('creates the log group before SageMaker would create its own', () => {
    expect(only(stack, 'aws_cloudwatch_log_group')).toMatchObject({
      name: '/aws/sagemaker/Endpoints/clarity-test-inference',
      kms_key_id: keyArn,
    });
    expect(only(stack, 'aws_sagemaker_endpoint')['depends_on']).toContain(
      'aws_cloudwatch_log_group.endpoint_logs_group',
    );
  });

  it('may create network interfaces in its own subnets only', () => {
    const joining = parsed(only(stack, 'aws_iam_role_policy')['policy']).Statement.find(
      ({ Sid }) => Sid === 'JoinNetwork',
    );
    expect(joining?.['Resource']).toContain('arn:aws:ec2:us-east-1:123456789012:subnet/subnet-1');
  });
});
