import { resources } from '../../test/policies/policy';
import { synthesiseEnvironment } from '../../test/synthesise-environment';
import { environments } from '../environments/select';

const stackOf = (name: string) => {
  const { stacks } = synthesiseEnvironment(name);
  return { name, stacks: { services: stacks[`clarity-${name}-services`] ?? { resource: {} } } };
};
const of = (name: string, type: string) => resources(stackOf(name), type).map(({ args }) => args);
const service = (name: string, app: string) =>
  of(name, 'aws_ecs_service').find((each) => each['name'] === `clarity-${name}-${app}`);

describe.each(Object.keys(environments))('services of %s', (name) => {
  it('are rolled back by alarms of the same environment', () => {
    for (const app of ['api', 'ml-worker']) {
      const { alarm_names: alarms } = service(name, app)?.['alarms'] as { alarm_names: string[] };
      for (const alarm of alarms)
        expect(alarm).toMatch(/^\$\{aws_cloudwatch_metric_alarm\.alarms_[a-z-]+\.alarm_name\}$/);
    }
  });

  it('are monitored under their real names', () => {
    const names = of(name, 'aws_ecs_service').map((each) => each['name']);
    const watched = of(name, 'aws_cloudwatch_metric_alarm').flatMap(
      (each) => (each['dimensions'] as { ServiceName?: string } | undefined)?.ServiceName ?? [],
    );
    expect(new Set(watched)).toEqual(new Set(names));
  });

  it('count errors in the logs of both apps', () => {
    const filtered = of(name, 'aws_cloudwatch_log_metric_filter').map(
      (each) => each['log_group_name'],
    );
    expect(filtered).toEqual([
      '${aws_cloudwatch_log_group.api_task_logs_group.name}',
      '${aws_cloudwatch_log_group.ml-worker_task_logs_group.name}',
    ]);
  });
});

describe('the API', () => {
  const shares = (name: string) =>
    (service(name, 'api')?.['capacity_provider_strategy'] as Record<string, unknown>[]).map(
      ({ capacity_provider: provider, base, weight }) => [provider, base, weight],
    );

  it('uses Spot only as far as its environment tolerates', () => {
    expect(shares('dev')).toEqual([['FARGATE_SPOT', 0, 1]]);
    expect(shares('staging')).toEqual([
      ['FARGATE', 1, 1],
      ['FARGATE_SPOT', 0, 3],
    ]);
    expect(shares('prod')).toEqual([
      ['FARGATE', 3, 1],
      ['FARGATE_SPOT', 0, 1],
    ]);
  });
});

describe('the worker', () => {
  it('runs on GPU hosts and scales from zero in dev', () => {
    const [strategy] = service('dev', 'ml-worker')?.['capacity_provider_strategy'] as object[];
    expect(JSON.stringify(strategy)).toContain('gpu_provider');
    const started = of('dev', 'aws_cloudwatch_metric_alarm').map((each) => each['alarm_name']);
    expect(started).toContain('clarity-dev-ml-worker-work-without-worker');
  });
});
