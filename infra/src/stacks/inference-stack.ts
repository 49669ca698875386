import type { Construct } from 'constructs';
import { TerraformOutput } from '../cdktf';
import { AsyncEndpoint } from '../constructs/compute/async-endpoint';
import { GpuBatch } from '../constructs/compute/gpu-batch';
import { appPort } from '../constructs/compute/hardened-task';
import { boundRoles } from '../constructs/identity/role-boundary';
import type { Environment } from '../environments/schema';
import { useKey } from '../permissions/container-grants';
import { inferenceGrants, inferencePrefix } from '../permissions/task-grants';
import type { AccountStack } from './account-stack';
import { ClarityStack } from './clarity-stack';
import { dataPlaneOf } from './data-plane';
import type { DataStack } from './data-stack';
import type { FoundationStack } from './foundation-stack';
import { type ServiceNames, serviceNames } from './service-names';
import type { ServicesStack } from './services-stack';
import { addImageVariable } from './variables';
import { workerVariables } from './worker-variables';

export interface InferenceStackProps {
  readonly environment: Environment;
  readonly inference: NonNullable<Environment['inference']>;
  readonly account: AccountStack;
  readonly foundation: FoundationStack;
  readonly data: DataStack;
  readonly services: ServicesStack;
}

/**
 * The worker's image in its two other modes: behind SageMaker and as Batch jobs. Applied with the image of
 * the current release after a rollout, so that neither a missing GPU nor a broken image can stop one.
 */
export class InferenceStack extends ClarityStack {
  readonly phase = 'after-rollout';

  constructor(scope: Construct, props: InferenceStackProps) {
    const { environment } = props;
    const names = serviceNames(environment.name);
    super(scope, names.endpoint, {
      account: environment.account,
      environment: environment.name,
      part: 'inference',
    });
    boundRoles(this, environment.account);
    const image = addImageVariable(this, 'ml_worker_image', 'Image of the ML worker, for Batch');
    const sagemakerImage = addImageVariable(
      this,
      'ml_worker_sagemaker_image',
      'The same image with a Docker v2 manifest: SageMaker accepts neither OCI manifests nor indexes',
    );
    this.addEndpoint(props, names, sagemakerImage);
    this.addBatch(props, names, image);
    new TerraformOutput(this, 'inputs', {
      description: 'Variables of the last apply; a plan of code changes alone reuses them',
      value: { ml_worker_image: image, ml_worker_sagemaker_image: sagemakerImage },
    });
  }

  private addEndpoint(props: InferenceStackProps, names: ServiceNames, image: string) {
    const { data, foundation, inference, services } = props;
    const { alerts } = services;
    const shared = this.shared(props);
    new AsyncEndpoint(this, 'endpoint', {
      ...shared,
      ...inference.endpoint,
      name: names.endpoint,
      image,
      environment: {
        ...shared.environment,
        WORKER_MODE: 'endpoint',
        PORT: String(appPort),
        HOST: '0.0.0.0',
      },
      output: { bucket: data.bucket.name, prefix: inferencePrefix },
      keyArn: data.key.arn,
      errorTopicArn: alerts.arn,
      securityGroupId: foundation.workerGroupId,
      grants: [
        ...shared.grants,
        { sid: 'NotifyOfFailures', actions: ['sns:Publish'], resources: [alerts.arn] },
        useKey(
          'EncryptAlerts',
          alerts.keyArn,
          ['kms:Decrypt', 'kms:GenerateDataKey'],
          [`sns.${shared.account.region}`],
        ),
      ],
    });
  }

  private addBatch(props: InferenceStackProps, names: ServiceNames, image: string) {
    const { environment, foundation, inference } = props;
    const shared = this.shared(props);
    new GpuBatch(this, 'batch', {
      ...shared,
      ...inference.batch,
      name: names.batch,
      image,
      environment: { ...shared.environment, WORKER_MODE: 'batch' },
      rootVolumeGiB: environment.cluster.gpu.rootVolumeGiB,
      diskKeyArn: foundation.key.arn,
      securityGroupId: foundation.gpuHostsGroupId,
      logGroup: names.log('batch'),
      tags: this.tags,
      resourceTimeout: environment.resourceTimeout,
    });
  }

  /** Settings that both modes share. */
  private shared({ environment, account, foundation, data }: InferenceStackProps) {
    const { id, region } = environment.account;
    const { logLevel, logRetentionDays, mlWorker } = environment.services;
    return {
      account: { id, region },
      // Without RELEASE, which the image contains: an API-only release must not replace the endpoint.
      environment: {
        CLARITY_ENV: environment.name,
        LOG_LEVEL: logLevel,
        AWS_REGION: region,
        DATA_BUCKET: data.bucket.name,
        ...workerVariables(mlWorker.modelPrefix, 'cuda'),
      },
      grants: inferenceGrants(dataPlaneOf(data, region)),
      subnetIds: foundation.network.privateSubnetIds,
      logRetentionDays,
      logsKeyArn: foundation.key.arn,
      repositoryArn: account.mlWorker.arn,
    };
  }
}
