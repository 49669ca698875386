import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  ListMetricsCommand,
  PutCompositeAlarmCommand,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
  type StateValue,
} from '@aws-sdk/client-cloudwatch';
import { CreateQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { systemClock } from '@clarity/host';
import { fasterClock } from '../src/clock/faster-clock';
import { startAlarms, type Alarms } from '../src/alarms/start-alarms';
import { recordHosts, recordRequest } from '../src/balancer/measure/balancer-metrics';
import { targetTable } from '../src/balancer/targets/target-table';
import {
  startTarget,
  targetGroup,
  type LoopbackTarget,
} from '../src/balancer/testing/loopback-target';
import { jsonCaller } from '../src/moto/aws-json';
import { eventually, runCloud, type RunningCloud } from './running-cloud';

jest.setTimeout(60_000);

// A minute lasts a second.
const speed = 60;
const loadBalancerArn = 'arn:aws:elasticloadbalancing:us-east-1:1:loadbalancer/app/api/1';
const targetGroupArn = 'arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/api/2';
const LoadBalancer = { Name: 'LoadBalancer', Value: 'app/api/1' };
const behind = [LoadBalancer, { Name: 'TargetGroup', Value: 'targetgroup/api/2' }];

let running: RunningCloud;
let cloudWatch: CloudWatchClient;
let alarms: Alarms;
let target: LoopbackTarget;
const table = targetTable(fasterClock(systemClock, 1));
const notes: string[] = [];

beforeAll(async () => {
  // Its own alarms stay behind: those of the test evaluate what it puts.
  running = await runCloud(1);
  cloudWatch = new CloudWatchClient(running.clientSettings);
  target = await startTarget('task', table, targetGroup(targetGroupArn));
  const { endpoint } = running.cloud;
  alarms = startAlarms({
    clock: fasterClock(systemClock, speed),
    motoEndpoint: endpoint,
    region: 'us-east-1',
    call: jsonCaller(endpoint),
    sample: (store, now) =>
      recordHosts(store, { routes: () => [{ loadBalancerArn, targetGroupArn }] }, table, now),
    onNote: (line) => notes.push(line),
  });
  // As the gateway does it for the alarms of its own cloud.
  cloudWatch.middlewareStack.add(
    (next) => (call) => next(call).finally(() => alarms.setupChanged()),
    { step: 'finalizeRequest' },
  );
});
afterAll(async () => {
  await alarms.close();
  target.registration.remove();
  await target.kill();
  cloudWatch.destroy();
  await running.stop();
});

const common = {
  ComparisonOperator: 'GreaterThanThreshold' as const,
  EvaluationPeriods: 3,
  DatapointsToAlarm: 2,
  TreatMissingData: 'notBreaching',
};
const alarmOf = async (name: string) => {
  const { MetricAlarms = [], CompositeAlarms = [] } = await cloudWatch.send(
    new DescribeAlarmsCommand({
      AlarmNames: [name],
      AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
    }),
  );
  return [...MetricAlarms, ...CompositeAlarms][0];
};
const becomes = (name: string, state: StateValue) =>
  eventually(
    () => alarmOf(name),
    (alarm) => alarm?.StateValue === state,
  );
const serve = (status: number) =>
  recordRequest(
    alarms.store,
    {
      loadBalancerArn,
      targetGroupArn,
      arrivedAt: Date.now(),
      outcome: { by: 'target', status, seconds: 0.01 },
    },
    Date.now(),
  );

it('alarms while too large a share of requests fails, and calms down; so does its composite', async () => {
  const count = (Id: string, MetricName: string) => ({
    Id,
    ReturnData: false,
    MetricStat: {
      Metric: { Namespace: 'AWS/ApplicationELB', MetricName, Dimensions: behind },
      Period: 60,
      Stat: 'Sum',
    },
  });
  await cloudWatch.send(
    new PutMetricAlarmCommand({
      ...common,
      AlarmName: 'server-errors',
      Threshold: 5,
      Metrics: [
        count('requests', 'RequestCount'),
        count('errors', 'HTTPCode_Target_5XX_Count'),
        {
          Id: 'result',
          ReturnData: true,
          Expression: 'IF(requests >= 20, 100 * FILL(errors, 0) / requests, 0)',
        },
      ],
    }),
  );
  await cloudWatch.send(
    new PutCompositeAlarmCommand({
      AlarmName: 'service-health',
      AlarmRule: 'ALARM("server-errors") OR FALSE',
    }),
  );
  let status = 500;
  const load = setInterval(() => {
    serve(200);
    serve(status);
  }, 20);
  const alarm = await becomes('server-errors', 'ALARM');
  expect(alarm?.StateReason).toMatch(
    /^Threshold Crossed: [23] out of the last 3 datapoints \[.*\] were greater than the threshold \(5\.0\)/,
  );
  await becomes('service-health', 'ALARM');
  status = 200;
  await becomes('server-errors', 'OK');
  await becomes('service-health', 'OK');
  clearInterval(load);
});

it('alarms on a target that turns unhealthy', async () => {
  await cloudWatch.send(
    new PutMetricAlarmCommand({
      ...common,
      AlarmName: 'unhealthy-targets',
      Threshold: 0,
      Namespace: 'AWS/ApplicationELB',
      MetricName: 'UnHealthyHostCount',
      Dimensions: behind,
      Statistic: 'Maximum',
      Period: 60,
    }),
  );
  target.registration.target.state = 'unhealthy';
  await becomes('unhealthy-targets', 'ALARM');
  target.registration.target.state = 'healthy';
  await becomes('unhealthy-targets', 'OK');
});

it('sees what others measure: metrics put into moto, and queues', async () => {
  const sqs = new SQSClient(running.clientSettings);
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'jobs-dlq' }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'poison' }));
  sqs.destroy();
  const once = { ...common, EvaluationPeriods: 1, DatapointsToAlarm: 1, Threshold: 0, Period: 60 };
  const put = (AlarmName: string, metric: object) =>
    cloudWatch.send(
      new PutMetricAlarmCommand({ ...once, ...metric, AlarmName, Statistic: 'Maximum' }),
    );
  await put('dead-letters', {
    Namespace: 'AWS/SQS',
    MetricName: 'ApproximateNumberOfMessagesVisible',
    Dimensions: [{ Name: 'QueueName', Value: 'jobs-dlq' }],
  });
  await put('failures', { Namespace: 'Clarity', MetricName: 'Failures' });
  const publish = setInterval(() => {
    const data = { MetricName: 'Failures', Value: 1, Timestamp: new Date() };
    void cloudWatch.send(new PutMetricDataCommand({ Namespace: 'Clarity', MetricData: [data] }));
  }, 300);
  await Promise.all([becomes('dead-letters', 'ALARM'), becomes('failures', 'ALARM')]);
  clearInterval(publish);
});

it('says which alarm it cannot judge, and judges the others', async () => {
  const { Namespace, MetricName } = { Namespace: 'Clarity', MetricName: 'Failures' };
  await cloudWatch.send(
    new PutMetricAlarmCommand({
      ...common,
      AlarmName: 'anomaly',
      Threshold: 5,
      Metrics: [
        {
          Id: 'failures',
          ReturnData: false,
          MetricStat: { Metric: { Namespace, MetricName }, Period: 60, Stat: 'Sum' },
        },
        { Id: 'result', ReturnData: true, Expression: 'RATE(failures)' },
      ],
    }),
  );
  await eventually(
    () => Promise.resolve(notes),
    (all) => all.some((note) => note.includes('does not support the metric-math function RATE')),
  );
  await cloudWatch.send(
    new SetAlarmStateCommand({
      AlarmName: 'dead-letters',
      StateValue: 'OK',
      StateReason: 'by hand',
    }),
  );
  await becomes('dead-letters', 'ALARM');
});

it('leaves an alarm alone whose metric nobody measures', async () => {
  await cloudWatch.send(
    new PutMetricAlarmCommand({
      ...common,
      AlarmName: 'by-hand',
      Threshold: 0,
      Namespace: 'AWS/Nothing',
      MetricName: 'Nothing',
      Statistic: 'Sum',
      Period: 60,
    }),
  );
  const byHand = { AlarmName: 'by-hand', StateValue: 'ALARM' as const, StateReason: 'by hand' };
  await cloudWatch.send(new SetAlarmStateCommand(byHand));
  await becomes('dead-letters', 'ALARM');
  await cloudWatch.send(
    new SetAlarmStateCommand({ ...byHand, AlarmName: 'dead-letters', StateValue: 'OK' }),
  );
  // The other one is judged again meanwhile.
  await becomes('dead-letters', 'ALARM');
  expect((await alarmOf('by-hand'))?.StateReason).toBe('by hand');
});

it('publishes what it measures', async () => {
  const { Metrics = [] } = await cloudWatch.send(
    new ListMetricsCommand({ Namespace: 'AWS/ApplicationELB' }),
  );
  expect([...new Set(Metrics.map(({ MetricName }) => MetricName))].sort()).toEqual([
    'HTTPCode_Target_2XX_Count',
    'HTTPCode_Target_5XX_Count',
    'HealthyHostCount',
    'RequestCount',
    'TargetResponseTime',
    'UnHealthyHostCount',
  ]);
  expect(notes.filter((note) => !note.startsWith('alarm '))).toHaveLength(1);
});
