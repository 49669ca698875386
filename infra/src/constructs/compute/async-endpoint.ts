import { Construct } from 'constructs';
import {
  AppautoscalingPolicy,
  AppautoscalingTarget,
  SagemakerEndpoint,
  SagemakerEndpointConfiguration,
  SagemakerModel,
} from '../../aws';
import { Fn } from '../../cdktf';
import { addAlarm } from '../observability/alarm';
import type { Grant } from '../../permissions/least-privilege-policy';
import { targetArguments } from './service-scaling';
import { ServiceLogs } from '../observability/service-logs';
import { ServiceRole } from '../identity/service-role';
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
        ...networkGrants(props),
      ],
    });
    const configuration = this.configuration(props, role);
    const endpoint = new SagemakerEndpoint(this, 'endpoint', {
      name: props.name,
      endpointConfigName: configuration.name,
      dependsOn: [logs.group, role.policy],
    });
    this.scale(endpoint, props);
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
      ]),
      // For the instances' volume; instance types with NVMe disks encrypt those themselves.
      ...(hasOwnDisk(props.instanceType) ? {} : { kmsKeyArn: keyArn }),
      productionVariants: [
        {
          variantName: variant,
          modelName: model.name,
          instanceType: props.instanceType,
          // SageMaker needs one at creation; the autoscaler removes it while the endpoint is idle.
          initialInstanceCount: 1,
          initialVariantWeight: 1,
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

  /** Scales by backlog per instance, which is undefined at zero: an alarm starts the first instance. */
  private scale(endpoint: SagemakerEndpoint, props: AsyncEndpointProps) {
    const target = new AppautoscalingTarget(this, 'target', {
      serviceNamespace: 'sagemaker',
      scalableDimension: 'sagemaker:variant:DesiredInstanceCount',
      resourceId: `endpoint/${endpoint.name}/variant/${variant}`,
      minCapacity: 0,
      maxCapacity: props.maxInstances,
    });
    const dimensions = { EndpointName: props.name };
    new AppautoscalingPolicy(this, 'backlog', {
      name: `${props.name}-backlog`,
      policyType: 'TargetTrackingScaling',
      ...targetArguments(target),
      targetTrackingScalingPolicyConfiguration: {
        targetValue: props.backlogPerInstance,
        scaleOutCooldown: 300,
        scaleInCooldown: 600,
        customizedMetricSpecification: {
          namespace: 'AWS/SageMaker',
          metricName: 'ApproximateBacklogSizePerInstance',
          statistic: 'Average',
          dimensions: Object.entries(dimensions).map(([name, value]) => ({ name, value })),
        },
      },
    });
    const first = new AppautoscalingPolicy(this, 'first-instance', {
      name: `${props.name}-first-instance`,
      policyType: 'StepScaling',
      ...targetArguments(target),
      stepScalingPolicyConfiguration: {
        adjustmentType: 'ChangeInCapacity',
        cooldown: 300,
        metricAggregationType: 'Average',
        stepAdjustment: [{ metricIntervalLowerBound: '0', scalingAdjustment: 1 }],
      },
    });
    addAlarm(this, 'work-without-instance', {
      name: `${props.name}-work-without-instance`,
      description: 'Starts the first instance when invocations wait and no instance runs.',
      metric: {
        namespace: 'AWS/SageMaker',
        metricName: 'HasBacklogWithoutCapacity',
        dimensions,
        stat: 'Average',
      },
      threshold: 0,
      periodSeconds: 60,
      datapoints: { breaching: 2, of: 2 },
      // Published only while there is a backlog.
      missingData: 'notBreaching',
      notify: [],
      scalingPolicyArn: first.arn,
    });
  }
}

/** A name that changes only with the content; SageMaker allows 63 characters. */
const versioned = (name: string, madeOf: readonly unknown[]): string =>
  `${name}-${Fn.substr(Fn.sha256(Fn.jsonencode(madeOf)), 0, 8)}`;

/** SageMaker rejects a key for instances with NVMe disks (g4dn, g5, g6, p4 …). */
const hasOwnDisk = (instanceType: string) => /^ml\.(g\d|p[45]|[a-z]\d+[a-z]*d)/.test(instanceType);

/** What SageMaker needs to attach its instances to our subnets. */
const networkGrants = ({ account, securityGroupId, subnetIds }: AsyncEndpointProps): Grant[] => {
  const ec2 = (resource: string) => `arn:aws:ec2:${account.region}:${account.id}:${resource}`;
  return [
    {
      sid: 'DescribeNetwork',
      actions: [
        'ec2:DescribeDhcpOptions',
        'ec2:DescribeNetworkInterfaces',
        'ec2:DescribeSecurityGroups',
        'ec2:DescribeSubnets',
        'ec2:DescribeVpcs',
      ],
      resources: ['*'],
    },
    {
      sid: 'JoinNetwork',
      actions: ['ec2:CreateNetworkInterface'],
      resources: [
        ec2('network-interface/*'),
        ec2(`security-group/${securityGroupId}`),
        ...subnetIds.map((subnet) => ec2(`subnet/${subnet}`)),
      ],
    },
    {
      sid: 'KeepOwnInterfaces',
      actions: [
        'ec2:CreateNetworkInterfacePermission',
        'ec2:DeleteNetworkInterface',
        'ec2:DeleteNetworkInterfacePermission',
      ],
      // SageMaker chooses their ids.
      resources: [ec2('network-interface/*')],
    },
  ];
};
