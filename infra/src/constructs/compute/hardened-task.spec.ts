import { serviceProps } from '../../../test/services';
import { all, only, parsed, synthesise } from '../../../test/synthesise';
import { HardenedTask } from './hardened-task';

const task = (gpus: number) =>
  synthesise((scope) => {
    new HardenedTask(scope, 'task', {
      ...serviceProps,
      name: 'clarity-test-app',
      container: 'app',
      secrets: {
        CURSOR_KEY: { arn: 'arn:secret' },
        CURSOR_KEY_PREVIOUS: { arn: 'arn:secret', stage: 'AWSPREVIOUS' },
      },
      gpus,
      stopSeconds: 60,
      collector: {
        ...serviceProps.collector,
        taskGrants: [{ sid: 'SendTraces', actions: ['xray:PutTraceSegments'], resources: ['*'] }],
      },
    });
  });
const stack = task(0);
const statements = (role: string) =>
  parsed(all(stack, 'aws_iam_role_policy')[`task_${role}_policy`]?.['policy']).Statement;
const sids = (role: string) => statements(role).map(({ Sid }) => Sid);

describe('HardenedTask', () => {
  it('has separate roles for the agent and the app', () => {
    expect(sids('role')).toEqual(['Read', 'SendTraces']);
    expect(sids('execution')).not.toContain('Read');
    expect(sids('role')).not.toContain('ReadSecrets');
  });

  it('grants its agent each secret once, no matter how many of its versions the app gets', () => {
    const read = statements('execution').find(({ Sid }) => Sid === 'ReadSecrets');
    expect(read?.['Resource']).toEqual(['arn:secret']);
  });

  it('lets its agent write to both logs, the app’s and the collector’s', () => {
    const write = statements('execution').find(({ Sid }) => Sid === 'WriteLog');
    expect(write?.['Resource']).toEqual([
      '${aws_cloudwatch_log_group.task_logs_group.arn}:*',
      `${serviceProps.collector.logGroupArn}:*`,
    ]);
  });

  it('adds the collector as a sidecar and configures the app for it', () => {
    const containers = JSON.parse(
      String(only(stack, 'aws_ecs_task_definition')['container_definitions']),
    ) as { name: string; cpu: number; environment?: object[] }[];
    expect(containers.map(({ name }) => name)).toEqual(['app', 'collector']);
    // All of the task's CPU, so that the collector's share is not the largest.
    expect(containers.map(({ cpu }) => cpu)).toEqual([serviceProps.cpu - 64, 64]);
    expect(containers[0]?.environment).toContainEqual({ name: 'OTEL_SERVICE_NAME', value: 'app' });
  });

  it('may run GuardDuty’s agent on Fargate, where GuardDuty adds it to the task', () => {
    expect(sids('execution')).toEqual(
      expect.arrayContaining(['PullGuarddutyAgent', 'SendSecurityTelemetry']),
    );
    const onHost = all(task(1), 'aws_iam_role_policy')['task_execution_policy'];
    expect(String(onHost?.['policy'])).not.toContain('guardduty');
  });

  it('runs on our own hosts only if it requires a GPU', () => {
    const kindOf = (of: typeof stack) =>
      only(of, 'aws_ecs_task_definition')['requires_compatibilities'];
    expect(kindOf(stack)).toEqual(['FARGATE']);
    expect(kindOf(task(1))).toEqual(['EC2']);
  });
});
