import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  ListTasksCommand,
  type Service,
  type Task,
} from '@aws-sdk/client-ecs';
import {
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { region } from '../environment';
import type { ServiceRef } from '../rollout/service-deployments';
import type { Diagnosis } from './diagnosis';

const mostEvents = 15;
const mostTasks = 5;
const logLines = 30;

/**
 * Gathers what explains a failed rollout. What cannot be had is left out: a diagnosis must never hide
 * the failure that it is about.
 * @param taskDefinition the one that failed; tasks of others are no evidence
 */
export async function collectDiagnosis(
  ref: ServiceRef,
  taskDefinition: string,
): Promise<Diagnosis> {
  const ecs = new ECSClient({ region });
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
    unhealthyTargets: await orNone(unhealthyTargets(service)),
    alarms: await orNone(alarmsInAlarm(service)),
    log: await orNone(lastLines(ecs, taskDefinition, tasks[0])),
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

async function unhealthyTargets(service: Service | undefined) {
  const TargetGroupArn = service?.loadBalancers?.[0]?.targetGroupArn;
  if (!TargetGroupArn) return [];
  const { TargetHealthDescriptions = [] } = await new ElasticLoadBalancingV2Client({
    region,
  }).send(new DescribeTargetHealthCommand({ TargetGroupArn }));
  return TargetHealthDescriptions.filter(
    ({ TargetHealth }) => TargetHealth?.State === 'unhealthy',
  ).map(({ Target, TargetHealth }) => ({
    target: `${Target?.Id}:${Target?.Port}`,
    reason: TargetHealth?.Description ?? TargetHealth?.Reason ?? 'no reason given',
  }));
}

async function alarmsInAlarm(service: Service | undefined) {
  const AlarmNames = service?.deploymentConfiguration?.alarms?.alarmNames ?? [];
  if (AlarmNames.length === 0) return [];
  const { MetricAlarms = [] } = await new CloudWatchClient({ region }).send(
    new DescribeAlarmsCommand({ AlarmNames }),
  );
  return MetricAlarms.filter(({ StateValue }) => StateValue === 'ALARM').map(
    ({ AlarmName = '', StateReason = '' }) => ({ name: AlarmName, reason: StateReason }),
  );
}

async function lastLines(
  ecs: ECSClient,
  taskDefinition: string,
  task: Task | undefined,
): Promise<readonly string[]> {
  if (!task) return [];
  const { taskDefinition: definition } = await ecs.send(
    new DescribeTaskDefinitionCommand({ taskDefinition }),
  );
  const container = definition?.containerDefinitions?.find(({ essential }) => essential);
  const options = container?.logConfiguration?.options ?? {};
  const { events = [] } = await new CloudWatchLogsClient({ region }).send(
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
