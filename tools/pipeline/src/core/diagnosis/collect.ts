import { DescribeAlarmsCommand, type CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { GetLogEventsCommand, type CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ListTasksCommand,
  type ECSClient,
  type Service,
  type Task,
} from '@aws-sdk/client-ecs';
import {
  DescribeTargetHealthCommand,
  type ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { AwsClients } from '../aws-clients';
import type { ServiceRef } from '../rollout/service-deployments';
import type { Diagnosis } from './diagnosis';
import { withoutSecrets } from './hidden-values';
import { explainingLines } from './explaining-lines';

const mostEvents = 15;
const mostTasks = 5;
const logLines = 30;

/**
 * Collects what explains a failed rollout. Parts that cannot be read are left out: a diagnosis must never
 * hide the failure that it explains.
 * @param taskDefinition the one that failed; tasks of other revisions are not evidence
 */
export async function collectDiagnosis(
  clients: AwsClients,
  ref: ServiceRef,
  taskDefinition: string,
): Promise<Diagnosis> {
  const [ecs, loadBalancing, cloudWatch, logs] = await Promise.all([
    clients.ecs(),
    clients.loadBalancing(),
    clients.cloudWatch(),
    clients.logs(),
  ]);
  const described = await ecs.send(
    new DescribeServicesCommand({ cluster: ref.cluster, services: [ref.service] }),
  );
  const service = described.services?.[0];
  const tasks = await orNone(stoppedTasks(ecs, ref, taskDefinition));
  return {
    service: ref.service,
    events: (service?.events ?? []).slice(0, mostEvents).map(({ message = '' }) => message),
    stoppedTasks: tasks.map((task) => ({
      task: shortName(task.taskArn),
      reason: task.stoppedReason ?? 'no reason given',
      containers: (task.containers ?? []).map(({ name = '', exitCode, reason }) => ({
        name,
        ...(exitCode === undefined ? {} : { exitCode }),
        ...(reason === undefined ? {} : { reason }),
      })),
    })),
    unhealthyTargets: await orNone(unhealthyTargets(loadBalancing, service)),
    alarms: await orNone(alarmsInAlarm(cloudWatch, service)),
    log: (await explainingLines(tasks, (task) => lastLines(ecs, logs, taskDefinition, task))).map(
      withoutSecrets,
    ),
  };
}

async function orNone<Item>(items: Promise<readonly Item[]>): Promise<readonly Item[]> {
  return items.catch(() => []);
}

async function stoppedTasks(
  ecs: ECSClient,
  { cluster, service }: ServiceRef,
  taskDefinition: string,
): Promise<readonly Task[]> {
  const { taskArns = [] } = await ecs.send(
    new ListTasksCommand({ cluster, serviceName: service, desiredStatus: 'STOPPED' }),
  );
  if (taskArns.length === 0) return [];
  const { tasks = [] } = await ecs.send(
    new DescribeTasksCommand({ cluster, tasks: taskArns.slice(0, 100) }),
  );
  return tasks
    .filter((task) => task.taskDefinitionArn === taskDefinition)
    .toSorted((a, b) => (b.stoppedAt?.getTime() ?? 0) - (a.stoppedAt?.getTime() ?? 0))
    .slice(0, mostTasks);
}

async function unhealthyTargets(
  loadBalancing: ElasticLoadBalancingV2Client,
  service: Service | undefined,
) {
  const TargetGroupArn = service?.loadBalancers?.[0]?.targetGroupArn;
  if (!TargetGroupArn) return [];
  const { TargetHealthDescriptions = [] } = await loadBalancing.send(
    new DescribeTargetHealthCommand({ TargetGroupArn }),
  );
  return TargetHealthDescriptions.filter(
    ({ TargetHealth }) => TargetHealth?.State === 'unhealthy',
  ).map(({ Target, TargetHealth }) => ({
    target: `${Target?.Id}:${Target?.Port}`,
    reason: TargetHealth?.Description ?? TargetHealth?.Reason ?? 'no reason given',
  }));
}

async function alarmsInAlarm(cloudWatch: CloudWatchClient, service: Service | undefined) {
  const AlarmNames = service?.deploymentConfiguration?.alarms?.alarmNames ?? [];
  if (AlarmNames.length === 0) return [];
  const { MetricAlarms = [] } = await cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames }));
  return MetricAlarms.filter(({ StateValue }) => StateValue === 'ALARM').map(
    ({ AlarmName = '', StateReason = '' }) => ({ name: AlarmName, reason: StateReason }),
  );
}

async function lastLines(
  ecs: ECSClient,
  logs: CloudWatchLogsClient,
  taskDefinition: string,
  task: Task,
): Promise<readonly string[]> {
  const { taskDefinition: definition } = await ecs.send(
    new DescribeTaskDefinitionCommand({ taskDefinition }),
  );
  const container = definition?.containerDefinitions?.find(({ essential }) => essential);
  const options = container?.logConfiguration?.options ?? {};
  const { events = [] } = await logs.send(
    new GetLogEventsCommand({
      logGroupName: options['awslogs-group'],
      logStreamName: `${options['awslogs-stream-prefix']}/${container?.name}/${shortName(task.taskArn)}`,
      limit: logLines,
      startFromHead: false,
    }),
  );
  return events.map(({ message = '' }) => message);
}

function shortName(arn: string | undefined): string {
  return arn?.split('/').at(-1) ?? '';
}
