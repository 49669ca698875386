import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  ListMetricsCommand,
  PutMetricAlarmCommand,
} from '@aws-sdk/client-cloudwatch';
import {
  CreateClusterCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
} from '@aws-sdk/client-ecs';
import { registerInstance } from './container-instance';
import { writeImage } from './process-image';
import { eventually, runCloud, type RunningCloud } from './running-cloud';

let running: RunningCloud;
let cloudWatch: CloudWatchClient;
beforeAll(async () => {
  running = await runCloud();
  cloudWatch = new CloudWatchClient(running.clientSettings);
});
afterAll(async () => {
  cloudWatch.destroy();
  await running.stop();
});

const program = `
const metric = { Namespace: 'CLARITY', Dimensions: [['Service']], Metrics: [{ Name: 'QueueWait' }] };
console.log(JSON.stringify({
  _aws: { Timestamp: Date.now(), CloudWatchMetrics: [metric] }, Service: 'worker', QueueWait: [100, 9000],
}));
setTimeout(() => {}, 60_000);
`;

it('a line of a task in embedded metric format is a metric, and alarms see it', async () => {
  const Dimensions = [{ Name: 'Service', Value: 'worker' }];
  await cloudWatch.send(
    new PutMetricAlarmCommand({
      AlarmName: 'slow-queue',
      Namespace: 'CLARITY',
      MetricName: 'QueueWait',
      Dimensions,
      ExtendedStatistic: 'p90',
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: 5_000,
      Period: 60,
      EvaluationPeriods: 1,
      TreatMissingData: 'ignore',
    }),
  );
  await running.ecs.send(new CreateClusterCommand({ clusterName: 'measured' }));
  await registerInstance(running, 'measured');
  const { taskDefinition } = await running.ecs.send(
    new RegisterTaskDefinitionCommand({
      family: 'measured',
      containerDefinitions: [
        {
          name: 'app',
          image: writeImage(running.imageStore, 'measured', program),
          memory: 64,
          logConfiguration: {
            logDriver: 'awslogs',
            options: {
              'awslogs-group': 'measured',
              'awslogs-region': 'us-east-1',
              'awslogs-stream-prefix': 'app',
              'awslogs-create-group': 'true',
            },
          },
        },
      ],
    }),
  );
  await running.ecs.send(
    new RunTaskCommand({
      cluster: 'measured',
      taskDefinition: taskDefinition?.taskDefinitionArn ?? '',
    }),
  );
  await eventually(
    () => cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames: ['slow-queue'] })),
    ({ MetricAlarms = [] }) => MetricAlarms[0]?.StateValue === 'ALARM',
  );
  const { Metrics } = await cloudWatch.send(new ListMetricsCommand({ Namespace: 'CLARITY' }));
  expect(Metrics).toMatchObject([{ MetricName: 'QueueWait', Dimensions }]);
});
