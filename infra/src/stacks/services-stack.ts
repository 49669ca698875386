import type { Construct } from 'constructs';
import { TerraformOutput } from '../cdktf';
import { FargateApi } from '../constructs/compute/fargate-api';
import { GpuWorker } from '../constructs/compute/gpu-worker';
import { appPort } from '../constructs/compute/hardened-task';
import { boundRoles } from '../constructs/identity/role-boundary';
import type { Environment } from '../environments/schema';
import type { AccountStack } from './account-stack';
import { ClarityStack } from './clarity-stack';
import { cursorKeys } from './cursor-keys';
import type { DataStack } from './data-stack';
import type { FoundationStack } from './foundation-stack';
import { addInferenceBackends } from './inference-backends';
import { addReleaseVariables } from './release-variables';
import { serviceNames } from './service-names';
import { workerVariables } from './worker-variables';
import { apiGrants, type DataPlane, workerGrants } from '../permissions/task-grants';
import { addServiceMonitoring } from './service-monitoring';

export interface ServicesStackProps {
  readonly environment: Environment;
  readonly account: AccountStack;
  readonly foundation: FoundationStack;
  readonly data: DataStack;
}

/** What a release changes: task definitions, services and their monitoring. */
export class ServicesStack extends ClarityStack {
  constructor(scope: Construct, props: ServicesStackProps) {
    const { environment, foundation } = props;
    const names = serviceNames(environment.name);
    super(scope, `${names.prefix}-services`, {
      account: environment.account,
      environment: environment.name,
      part: 'services',
    });
    boundRoles(this, environment.account);
    const release = addReleaseVariables(this);
    const { services } = environment;
    const { api: apiSettings, mlWorker: workerSettings } = services;
    const shared = this.shared(props, release.release);
    const monitoring = addServiceMonitoring(this, { ...props, names });
    const collectorFor = (name: string) =>
      monitoring.collector.sidecar({
        name,
        release: release.release,
        environment: environment.name,
      });

    const api = new FargateApi(this, 'api', {
      ...shared.service,
      ...apiSettings,
      name: names.api,
      collector: collectorFor(names.api),
      rollBackOn: monitoring.alarms.rollBackApi,
      image: release.apiImage,
      repositoryArn: props.account.api.arn,
      securityGroupId: foundation.apiGroupId,
      targetGroupArn: foundation.balancer.targetGroupArn,
      resourceLabel: foundation.balancer.resourceLabel,
      logGroup: names.log('api'),
      environment: {
        ...shared.variables,
        EVENTS_TOPIC_ARN: props.data.topic.arn,
        // Batches outlive a default young generation; doubling it saves a fifth of the CPU.
        NODE_OPTIONS: '--max-semi-space-size=32',
        USER_POOL_ID: props.data.users.id,
        USER_POOL_CLIENT_ID: props.data.users.clientId,
        MODEL_PREFIX: workerSettings.modelPrefix,
      },
      secrets: cursorKeys(props.data.cursorKey.arn, environment.data.cursorKey),
      grants: apiGrants(shared.dataPlane),
    });
    const { queues } = environment.data;
    const worker = new GpuWorker(this, 'ml-worker', {
      ...shared.service,
      ...workerSettings,
      capacity: workerSettings.capacity.map(({ provider, ...share }) => ({
        ...share,
        provider: provider === 'GPU' ? foundation.gpu.providerName : provider,
      })),
      name: names.mlWorker,
      collector: collectorFor(names.mlWorker),
      rollBackOn: monitoring.alarms.rollBackWorker,
      image: release.mlWorkerImage,
      repositoryArn: props.account.mlWorker.arn,
      securityGroupId: foundation.workerGroupId,
      queueName: props.data.analysisJobs.name,
      logGroup: names.log('ml-worker'),
      environment: {
        ...shared.variables,
        WORKER_MODE: 'queue',
        JOBS_QUEUE_URL: props.data.analysisJobs.url,
        VISIBILITY_SECONDS: String(queues.visibilitySeconds),
        ...workerVariables(workerSettings.modelPrefix, workerSettings.executionProvider),
      },
      secrets: {},
      grants: workerGrants(shared.dataPlane),
    });

    monitoring.addLogFilters(api.logs, worker.logs);
    addInferenceBackends(this, {
      environment,
      names,
      foundation,
      dataPlane: shared.dataPlane,
      dataBucket: props.data.bucket.name,
      image: release.mlWorkerImage,
      repositoryArn: props.account.mlWorker.arn,
      alerts: monitoring.topic,
      tags: this.tags,
    });

    new TerraformOutput(this, 'inputs', {
      description: 'Variables of the last apply; a plan of code changes alone reuses them',
      value: {
        api_image: release.apiImage,
        ml_worker_image: release.mlWorkerImage,
        release: release.release,
      },
    });
    new TerraformOutput(this, 'services', {
      description: 'App → its ECS service and the task definition revision to roll out',
      value: {
        api: { name: api.serviceName, task_definition_arn: api.taskDefinitionArn },
        ml_worker: { name: worker.serviceName, task_definition_arn: worker.taskDefinitionArn },
      },
    });
  }

  /** Settings that both services share. */
  private shared({ environment, foundation, data }: ServicesStackProps, release: string) {
    const { account, services } = environment;
    const dataPlane: DataPlane = {
      region: account.region,
      keyArn: data.key.arn,
      tableArn: data.table.arn,
      bucketArn: data.bucket.arn,
      topicArn: data.topic.arn,
      jobsQueueArn: data.analysisJobs.arn,
    };
    return {
      dataPlane,
      service: {
        account: { id: account.id, region: account.region },
        clusterArn: foundation.cluster.arn,
        clusterName: foundation.cluster.name,
        subnetIds: foundation.network.privateSubnetIds,
        secretsKeyArn: data.key.arn,
        logsKeyArn: foundation.key.arn,
        logRetentionDays: services.logRetentionDays,
        resourceTimeout: environment.resourceTimeout,
      },
      variables: {
        PORT: String(appPort),
        HOST: '0.0.0.0',
        CLARITY_ENV: environment.name,
        RELEASE: release,
        LOG_LEVEL: services.logLevel,
        AWS_REGION: account.region,
        TABLE_NAME: data.table.name,
        DATA_BUCKET: data.bucket.name,
      },
    };
  }
}
