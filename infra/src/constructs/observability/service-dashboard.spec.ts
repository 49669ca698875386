import { only, synthesise } from '../../../test/synthesise';
import { errorLines } from './error-lines';
import { ServiceDashboard } from './service-dashboard';

interface Widget {
  readonly type: string;
  readonly x: number;
  readonly width: number;
  readonly properties: {
    readonly title?: string;
    readonly alarms?: string[];
    readonly metrics?: unknown[][];
    readonly annotations?: { readonly horizontal: { readonly value: number }[] };
  };
}

const stack = synthesise((scope) => {
  new ServiceDashboard(scope, 'dashboard', {
    name: 'clarity-test',
    region: 'us-east-1',
    alarmArns: ['arn:one', 'arn:two'],
    balancer: { loadBalancer: 'app/clarity-test/1', targetGroup: 'targetgroup/api/1' },
    clusterName: 'clarity-test',
    services: { api: 'clarity-test-api', mlWorker: 'clarity-test-ml-worker' },
    errorLines: { api: errorLines('test', 'api'), mlWorker: errorLines('test', 'ml-worker') },
    queues: [
      { label: 'analysis-jobs', queueName: 'jobs', deadLetterName: 'jobs-dlq' },
      { label: 'export-jobs', queueName: 'exports', deadLetterName: 'exports-dlq' },
    ],
    tableName: 'clarity-test-health',
    p99Milliseconds: 800,
    oldestJobMinutes: 15,
  });
});
const { widgets } = JSON.parse(
  String(only(stack, 'aws_cloudwatch_dashboard')['dashboard_body']),
) as { widgets: Widget[] };
const graph = (title: string) => widgets.find(({ properties }) => properties.title === title);
const optionsOf = (row: readonly unknown[]) => row[row.length - 1] as { id?: string };

describe('ServiceDashboard', () => {
  it('starts with the state of every alarm', () => {
    expect(widgets[0]).toMatchObject({
      type: 'alarm',
      properties: { alarms: ['arn:one', 'arn:two'] },
    });
  });

  it('stays within CloudWatch’s grid', () => {
    for (const { x, width } of widgets) expect(x + width).toBeLessThanOrEqual(24);
  });

  it('draws alarm thresholds in the units of the graph', () => {
    const limit = (title: string) => graph(title)?.properties.annotations?.horizontal[0]?.value;
    expect(limit('Latency, s')).toBe(0.8);
    expect(limit('Oldest message, s')).toBe(900);
  });

  it('shows both queues and their dead-letter queues', () => {
    expect(graph('Messages')?.properties.metrics).toHaveLength(4);
    expect(JSON.stringify(graph('Dead letters'))).toContain('"jobs-dlq"');
  });

  it('shows what the apps measure, for all routes and outcomes', () => {
    expect(JSON.stringify(graph('Requests by route, p99, ms')?.properties.metrics)).toContain(
      `{CLARITY,Service,Route} Service=\\"clarity-test-api\\" MetricName=\\"RequestDuration\\"`,
    );
    expect(graph('Wait in the queue, ms')?.properties.metrics).toContainEqual([
      'CLARITY',
      'QueueWait',
      'Service',
      'clarity-test-ml-worker',
      { label: 'p99', stat: 'p99' },
    ]);
  });

  it('defines every metric of an expression, with unique ids per graph', () => {
    for (const { properties } of widgets) {
      const options = (properties.metrics ?? []).map(optionsOf);
      const ids = options.flatMap(({ id }) => id ?? []);
      expect(new Set(ids).size).toBe(ids.length);
      const named = JSON.stringify(options).match(/\bline\d+[A-Za-z]\w*/g) ?? [];
      for (const name of named) expect(ids).toContain(name);
    }
  });
});
