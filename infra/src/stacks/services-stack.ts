import type { Construct } from 'constructs';
import { TerraformOutput } from '../cdktf';
import { FargateApi } from '../constructs/compute/fargate-api';
import { GpuWorker } from '../constructs/compute/gpu-worker';
import { appPort } from '../constructs/compute/hardened-task';
import type { AlertTopic } from '../constructs/observability/alert-topic';
import { boundRoles } from '../constructs/identity/role-boundary';
import type { Environment } from '../environments/schema';
import type { AccountStack } from './account-stack';
import { ClarityStack } from './clarity-stack';
import { cursorKeys } from './cursor-keys';
import { dataPlaneOf } from './data-plane';
import type { DataStack } from './data-stack';
import type { FoundationStack } from './foundation-stack';
import { serviceNames } from './service-names';
import { addImageVariable, addReleaseVariable } from './variables';
import { workerVariables } from './worker-variables';
import { apiGrants, workerGrants } from '../permissions/task-grants';
import { addServiceMonitoring } from './service-monitoring';

export interface ServicesStackProps {
  readonly environment: Environment;
  readonly account: AccountStack;
  readonly foundation: FoundationStack;
  readonly data: DataStack;
}

/** What a release changes: task definitions, services and their monitoring. */
export class ServicesStack extends ClarityStack {
  readonly phase = 'before-rollout';
  readonly alerts: AlertTopic;

  constructor(scope: Construct, props: ServicesStackProps) {
    const { environment, foundation } = props;
    const names = serviceNames(environment.name);
    super(scope, `${names.prefix}-services`, {
      account: environment.account,
      environment: environment.name,
      part: 'services',
    });
    boundRoles(this, environment.account);
    const images = {
      api: addImageVariable(this, 'api_image', 'Image of the API'),
      mlWorker: addImageVariable(this, 'ml_worker_image', 'Image of the ML worker'),
    };
    const releases = {
      api: addReleaseVariable(this, 'api_release'),
      mlWorker: addReleaseVariable(this, 'ml_worker_release'),
    };
    const { services } = environment;
    const { api: apiSettings, mlWorker: workerSettings } = services;
    const shared = this.shared(props);
    const monitoring = addServiceMonitoring(this, { ...props, names });
    const collectorFor = (name: string, release: string) =>
      monitoring.collector.sidecar({
        name,
        release,
        environment: environment.name,
        traces: environment.observability.traces,
      });

    const api = new FargateApi(this, 'api', {
      ...shared.service,
      ...apiSettings,
      name: names.api,
      collector: collectorFor(names.api, releases.api),
      rollBackOn: monitoring.alarms.rollBackApi,
      image: images.api,
      repositoryArn: props.account.api.arn,
      securityGroupId: foundation.apiGroupId,
      targetGroupArn: foundation.balancer.targetGroupArn,
      resourceLabel: foundation.balancer.resourceLabel,
      logGroup: names.log('api'),
      environment: {
        ...shared.variables,
        RELEASE: releases.api,
        EVENTS_TOPIC_ARN: props.data.topic.arn,
        JOBS_QUEUE_URL: props.data.analysisJobs.url,
        DEAD_LETTERS_URL: props.data.analysisJobs.deadLetterUrl,
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
      collector: collectorFor(names.mlWorker, releases.mlWorker),
      rollBackOn: monitoring.alarms.rollBackWorker,
      image: images.mlWorker,
      repositoryArn: props.account.mlWorker.arn,
      securityGroupId: foundation.workerGroupId,
      queueName: props.data.analysisJobs.name,
      logGroup: names.log('ml-worker'),
      environment: {
        ...shared.variables,
        RELEASE: releases.mlWorker,
        WORKER_MODE: 'queue',
        JOBS_QUEUE_URL: props.data.analysisJobs.url,
        VISIBILITY_SECONDS: String(queues.visibilitySeconds),
        ...workerVariables(workerSettings.modelPrefix, workerSettings.executionProvider),
      },
      secrets: {},
      grants: workerGrants(shared.dataPlane),
    });

    monitoring.addLogFilters(api.logs, worker.logs);
    this.alerts = monitoring.topic;

    new TerraformOutput(this, 'inputs', {
      description: 'Variables of the last apply; a plan of code changes alone reuses them',
      value: {
        api_image: images.api,
        api_release: releases.api,
        ml_worker_image: images.mlWorker,
        ml_worker_release: releases.mlWorker,
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
  private shared({ environment, foundation, data }: ServicesStackProps) {
    const { account, services } = environment;
    return {
      dataPlane: dataPlaneOf(data, account.region),
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
        LOG_LEVEL: services.logLevel,
        AWS_REGION: account.region,
        TABLE_NAME: data.table.name,
        DATA_BUCKET: data.bucket.name,
      },
    };
  }
}
