import type { Construct } from 'constructs';
import type { AlertTopic } from '../constructs/observability/alert-topic';
import { AsyncEndpoint } from '../constructs/compute/async-endpoint';
import { GpuBatch } from '../constructs/compute/gpu-batch';
import { appPort } from '../constructs/compute/hardened-task';
import { useKey } from '../permissions/container-grants';
import type { Environment } from '../environments/schema';
import { workerVariables } from './worker-variables';
import type { FoundationStack } from './foundation-stack';
import type { ServiceNames } from './service-names';
import { type DataPlane, inferenceGrants, inferencePrefix } from '../permissions/task-grants';

export interface InferenceProps {
  readonly environment: Environment;
  readonly names: ServiceNames;
  readonly foundation: FoundationStack;
  readonly dataPlane: DataPlane;
  readonly dataBucket: string;
  readonly image: string;
  readonly repositoryArn: string;
  readonly alerts: AlertTopic;
  readonly tags: Readonly<Record<string, string>>;
}

/** Runs the worker's image in its two other modes: behind SageMaker and as Batch jobs. */
export function addInferenceBackends(scope: Construct, props: InferenceProps): void {
  const { environment, names, foundation, dataPlane, alerts } = props;
  const { account: whole, services, inference } = environment;
  const account = { id: whole.id, region: whole.region };
  const grants = inferenceGrants(dataPlane);
  // Without RELEASE, which the image contains: an API-only release must not replace the endpoint.
  const variables = {
    CLARITY_ENV: environment.name,
    LOG_LEVEL: services.logLevel,
    AWS_REGION: account.region,
    DATA_BUCKET: props.dataBucket,
    ...workerVariables(services.mlWorker.modelPrefix, 'cuda'),
  };
  const shared = {
    account,
    image: props.image,
    subnetIds: foundation.network.privateSubnetIds,
    logRetentionDays: services.logRetentionDays,
    logsKeyArn: foundation.key.arn,
    repositoryArn: props.repositoryArn,
  };
  new AsyncEndpoint(scope, 'endpoint', {
    ...shared,
    ...inference.endpoint,
    name: names.endpoint,
    environment: {
      ...variables,
      WORKER_MODE: 'endpoint',
      PORT: String(appPort),
      HOST: '0.0.0.0',
    },
    output: { bucket: props.dataBucket, prefix: inferencePrefix },
    keyArn: dataPlane.keyArn,
    errorTopicArn: alerts.arn,
    securityGroupId: foundation.workerGroupId,
    grants: [
      ...grants,
      { sid: 'NotifyOfFailures', actions: ['sns:Publish'], resources: [alerts.arn] },
      useKey(
        'EncryptAlerts',
        alerts.keyArn,
        ['kms:Decrypt', 'kms:GenerateDataKey'],
        [`sns.${account.region}`],
      ),
    ],
  });
  new GpuBatch(scope, 'batch', {
    ...shared,
    ...inference.batch,
    name: names.batch,
    environment: { ...variables, WORKER_MODE: 'batch' },
    grants,
    rootVolumeGiB: environment.cluster.gpu.rootVolumeGiB,
    diskKeyArn: foundation.key.arn,
    securityGroupId: foundation.gpuHostsGroupId,
    logGroup: names.log('batch'),
    tags: props.tags,
    resourceTimeout: environment.resourceTimeout,
  });
}
