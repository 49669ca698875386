import { Construct } from 'constructs';
import { SagemakerEndpoint, SagemakerEndpointConfiguration, SagemakerModel } from '../../aws';
import { Fn } from '../../cdktf';
import type { Grant } from '../../permissions/least-privilege-policy';
import { addEndpointScaling } from './endpoint-scaling';
import { ServiceLogs } from '../observability/service-logs';
import { ServiceRole } from '../identity/service-role';
import { networkGrants } from '../../permissions/sagemaker-network-grants';
import { pullGrants } from '../../permissions/container-grants';

export interface AsyncEndpointProps {
  /** Name of the endpoint; model and configuration append a hash of their content. */
  readonly name: string;
  readonly account: { readonly id: string; readonly region: string };
  readonly image: string;
  readonly repositoryArn: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly instanceType: string;
  readonly maxInstances: number;
  readonly concurrentInvocations: number;
  readonly backlogPerInstance: number;
  /** Where results and failures are written. */
  readonly output: { readonly bucket: string; readonly prefix: string };
  readonly keyArn: string;
  /** Notified of failed invocations. */
  readonly errorTopicArn: string;
  readonly subnetIds: string[];
  readonly securityGroupId: string;
  readonly grants: readonly Grant[];
  readonly logRetentionDays: number;
  readonly logsKeyArn: string;
}

const variant = 'main';

/**
 * AWS's image for the instances. Without it they have a driver for CUDA 11, which cannot run our image; with
 * it, for any image of the same major version of CUDA
 * (https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProductionVariant.html).
 */
export const inferenceAmi = { version: 'al2-ami-sagemaker-inference-gpu-3-1', cuda: '12.4' };

/**
 * The worker's image behind SageMaker, for callers outside our queue: it takes an S3 object by reference
 * and writes the result to S3. It scales to zero instances, and so costs nothing while idle.
 */
export class AsyncEndpoint extends Construct {
  constructor(scope: Construct, id: string, props: AsyncEndpointProps) {
    super(scope, id);
    const logs = new ServiceLogs(this, 'logs', {
      // SageMaker's naming scheme; created here to set key and retention.
      name: `/aws/sagemaker/Endpoints/${props.name}`,
      retentionDays: props.logRetentionDays,
      keyArn: props.logsKeyArn,
    });
    const role = new ServiceRole(this, 'execution', {
      name: `${props.name}-execution`,
      description: `Permissions of the endpoint ${props.name} and its container`,
      service: 'sagemaker.amazonaws.com',
      onlyFor: { StringEquals: { 'aws:SourceAccount': props.account.id } },
      grants: [
        ...props.grants,
        ...pullGrants(props.repositoryArn),
        {
          sid: 'WriteMetrics',
          actions: ['cloudwatch:PutMetricData'],
          resources: ['*'],
          conditions: {
            StringLike: { 'cloudwatch:namespace': ['AWS/SageMaker', '/aws/sagemaker/*'] },
          },
        },
        {
          sid: 'WriteLog',
          actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
          resources: [`${logs.arn}:*`],
        },
        ...networkGrants(props.account, props),
      ],
    });
    const configuration = this.configuration(props, role);
    const endpoint = new SagemakerEndpoint(this, 'endpoint', {
      name: props.name,
      endpointConfigName: configuration.name,
      dependsOn: [logs.group, role.policy],
    });
    addEndpointScaling(this, endpoint, { ...props, variant });
  }

  /** Models and configurations are immutable, so a hash of their content is part of their names. */
  private configuration(props: AsyncEndpointProps, role: ServiceRole) {
    const { output, keyArn } = props;
    const folder = `s3://${output.bucket}/${output.prefix}`;
    const network = { subnets: props.subnetIds, securityGroupIds: [props.securityGroupId] };
    const model = new SagemakerModel(this, 'model', {
      name: versioned(props.name, [props.image, props.environment, network]),
      executionRoleArn: role.arn,
      primaryContainer: { image: props.image, environment: { ...props.environment } },
      vpcConfig: network,
      lifecycle: { createBeforeDestroy: true },
      dependsOn: [role.policy],
    });
    return new SagemakerEndpointConfiguration(this, 'configuration', {
      name: versioned(props.name, [
        model.name,
        props.instanceType,
        props.concurrentInvocations,
        output,
        keyArn,
        props.errorTopicArn,
        inferenceAmi.version,
      ]),
      // No kmsKeyArn: SageMaker rejects a key for GPU instances, whose NVMe disks encrypt themselves.
      productionVariants: [
        {
          variantName: variant,
          modelName: model.name,
          instanceType: props.instanceType,
          // SageMaker needs one at creation; the autoscaler removes it while the endpoint is idle.
          initialInstanceCount: 1,
          initialVariantWeight: 1,
          inferenceAmiVersion: inferenceAmi.version,
          containerStartupHealthCheckTimeoutInSeconds: 600,
        },
      ],
      asyncInferenceConfig: {
        clientConfig: { maxConcurrentInvocationsPerInstance: props.concurrentInvocations },
        outputConfig: {
          s3OutputPath: `${folder}/answers/`,
          s3FailurePath: `${folder}/failures/`,
          kmsKeyId: keyArn,
          notificationConfig: { errorTopic: props.errorTopicArn },
        },
      },
      lifecycle: { createBeforeDestroy: true },
    });
  }
}

/** A name that changes only with the content; SageMaker allows 63 characters. */
const versioned = (name: string, madeOf: readonly unknown[]): string =>
  `${name}-${Fn.substr(Fn.sha256(Fn.jsonencode(madeOf)), 0, 8)}`;
