import type { Construct } from 'constructs';
import { AlertTopic, alarmsNamed, eventRules } from '../constructs/observability/alert-topic';
import { BackupEvents } from '../constructs/observability/backup-events';
import { DeploymentEvents } from '../constructs/observability/deployment-events';
import { ErrorLineFilter, errorLines } from '../constructs/observability/error-lines';
import { LogQueries } from '../constructs/observability/log-queries';
import { ServiceAlarms } from '../constructs/observability/service-alarms';
import { ServiceDashboard } from '../constructs/observability/service-dashboard';
import type { ServiceLogs } from '../constructs/observability/service-logs';
import { TraceCollector } from '../constructs/compute/trace-collector';
import { TraceGroups } from '../constructs/observability/trace-groups';
import type { Environment } from '../environments/schema';
import type { DataStack } from './data-stack';
import type { FoundationStack } from './foundation-stack';
import type { ServiceNames } from './service-names';

export interface MonitoringProps {
  readonly environment: Environment;
  readonly names: ServiceNames;
  readonly foundation: FoundationStack;
  readonly data: DataStack;
}

/** Alarms, dashboard and tracing. Created before the services, because deployments refer to the alarms. */
export function addServiceMonitoring(
  scope: Construct,
  { environment, names, foundation, data }: MonitoringProps,
) {
  const { account: whole, observability, protection, services } = environment;
  const account = { id: whole.id, region: whole.region };
  const topic = new AlertTopic(scope, 'alerts', {
    ...observability.alerts,
    name: names.alerts,
    account,
    subject: names.prefix,
    publishers: [alarmsNamed(names.prefix, account), eventRules],
    keyDeletionDays: protection.keyDeletionDays,
    preventDestroy: protection.preventDestroy,
  });
  new DeploymentEvents(scope, 'deployments', {
    name: names.prefix,
    servicePrefix: `arn:aws:ecs:${account.region}:${account.id}:service/${names.cluster}/`,
    topicArn: topic.arn,
  });
  new BackupEvents(scope, 'backups', {
    name: names.prefix,
    vaultName: data.backupVaultName,
    topicArn: topic.arn,
  });
  const monitored = {
    balancer: {
      loadBalancer: foundation.balancer.arnSuffix,
      targetGroup: foundation.balancer.targetGroupArnSuffix,
    },
    clusterName: names.cluster,
    services: { api: names.api, mlWorker: names.mlWorker },
    errorLines: {
      api: errorLines(names.prefix, 'api'),
      mlWorker: errorLines(names.prefix, 'ml-worker'),
    },
    queues: [{ label: 'analysis-jobs', ...queueNames(data.analysisJobs) }],
    tableName: data.table.name,
  };
  const thresholds = observability.alarms;
  const alarms = new ServiceAlarms(scope, 'alarms', {
    ...monitored,
    ...(foundation.healthCheckId ? { healthCheckId: foundation.healthCheckId } : {}),
    name: names.prefix,
    topicArn: topic.arn,
    thresholds,
  });
  new ServiceDashboard(scope, 'dashboard', {
    ...monitored,
    name: names.prefix,
    region: account.region,
    alarmArns: alarms.arns,
    p99Milliseconds: thresholds.p99Milliseconds,
    oldestJobMinutes: thresholds.oldestJobMinutes,
  });
  new TraceGroups(scope, 'traces', {
    name: names.prefix,
    api: names.api,
    mlWorker: names.mlWorker,
    slowMilliseconds: thresholds.p99Milliseconds,
  });
  const collector = new TraceCollector(scope, 'collector', {
    account,
    logGroup: names.log('collector'),
    logRetentionDays: services.logRetentionDays,
    logsKeyArn: foundation.key.arn,
  });

  /** Adds metric filters and saved queries for the services' logs. */
  const addLogFilters = (api: ServiceLogs, mlWorker: ServiceLogs) => {
    new ErrorLineFilter(scope, 'api-errors', {
      metric: monitored.errorLines.api,
      logGroup: api.name,
    });
    new ErrorLineFilter(scope, 'ml-worker-errors', {
      metric: monitored.errorLines.mlWorker,
      logGroup: mlWorker.name,
    });
    new LogQueries(scope, 'queries', {
      folder: names.prefix,
      apiLog: api.name,
      workerLog: mlWorker.name,
    });
  };
  return { topic, alarms, collector, addLogFilters };
}

const queueNames = (queue: { readonly name: string; readonly deadLetterName: string }) => ({
  queueName: queue.name,
  deadLetterName: queue.deadLetterName,
});
