import { Construct } from 'constructs';
import { CloudwatchDashboard } from '../../aws';
import { appGraphs } from './app-graphs';
import {
  alarmStates,
  graph,
  type GraphProps,
  heading,
  layOut,
  type Line,
} from './dashboard-widgets';
import type { Metric, MetricMath } from './metric';
import type { MonitoredQueue, MonitoredServices } from './monitored-services';
import { apiMetrics, ecsMetrics, queueMetrics, tableMetrics } from './service-metrics';

export interface ServiceDashboardProps extends MonitoredServices {
  readonly name: string;
  readonly region: string;
  readonly alarmArns: readonly string[];
  readonly p99Milliseconds: number;
  readonly oldestJobMinutes: number;
}

const line = (label: string, metric: Metric | MetricMath): Line => ({ label, metric });
const rightLine = (label: string, metric: Metric | MetricMath): Line => ({
  label,
  metric,
  right: true,
});

/** The golden signals on one page, in the order of an investigation: users, jobs, data, capacity. */
export class ServiceDashboard extends Construct {
  constructor(scope: Construct, id: string, props: ServiceDashboardProps) {
    super(scope, id);
    new CloudwatchDashboard(this, 'dashboard', {
      dashboardName: props.name,
      dashboardBody: layOut([
        [alarmStates('Alarms', props.alarmArns)],
        ...this.users(props),
        ...this.work(props),
        appGraphs(props.region, props.services),
        ...this.data(props),
        ...this.capacity(props),
      ]),
    });
  }

  private users({ region, balancer, p99Milliseconds }: ServiceDashboardProps) {
    const api = apiMetrics(balancer);
    return [
      [heading('## API: user impact')],
      [
        graph({
          region,
          title: 'Requests and errors per minute',
          lines: [
            line('requests', api.requests),
            rightLine('4xx', api.clientErrors),
            rightLine('5xx', api.serverErrors),
            rightLine('5xx of the load balancer', api.balancerErrors),
          ],
        }),
        graph({
          region,
          title: 'Latency, s',
          limit: { label: 'p99 alarm', value: p99Milliseconds / 1000 },
          lines: ['p50', 'p90', 'p99'].map((p) => line(p, api.latency(p))),
        }),
        graph({
          region,
          title: 'Targets',
          lines: [line('healthy', api.healthyTargets), line('unhealthy', api.unhealthyTargets)],
        }),
      ],
    ];
  }

  private work({ region, queues, errorLines, oldestJobMinutes }: ServiceDashboardProps) {
    const ofQueues = (
      title: string,
      lines: (queue: MonitoredQueue) => readonly Line[],
      more: Partial<GraphProps> = {},
    ) => graph({ region, title, lines: queues.flatMap(lines), ...more });
    return [
      [heading('## Jobs')],
      [
        ofQueues('Messages', ({ label, queueName }) => [
          line(`${label} waiting`, queueMetrics(queueName).waiting),
          line(`${label} in flight`, queueMetrics(queueName).inFlight),
        ]),
        ofQueues(
          'Oldest message, s',
          ({ label, queueName }) => [line(label, queueMetrics(queueName).oldestSeconds)],
          { limit: { label: 'late', value: oldestJobMinutes * 60 } },
        ),
        ofQueues('Dead letters', ({ label, deadLetterName }) => [
          line(label, queueMetrics(deadLetterName).waiting),
        ]),
        graph({
          region,
          title: 'Logged errors per minute',
          lines: [line('api', errorLines.api), line('ml-worker', errorLines.mlWorker)],
        }),
      ],
    ];
  }

  private data({ region, tableName }: ServiceDashboardProps) {
    const table = tableMetrics(tableName);
    return [
      [heading('## Table')],
      [
        graph({
          region,
          title: 'Consumed capacity units',
          lines: [line('read', table.readUnits), line('write', table.writeUnits)],
        }),
        graph({
          region,
          title: 'Throttled and failed requests',
          lines: [line('throttled', table.throttled), line('system errors', table.systemErrors)],
        }),
        graph({ region, title: 'Query p99, ms', lines: [line('p99', table.queryLatency)] }),
      ],
    ];
  }

  private capacity({ region, clusterName, services }: ServiceDashboardProps) {
    const apps = [
      { label: 'api', metrics: ecsMetrics(clusterName, services.api) },
      { label: 'ml-worker', metrics: ecsMetrics(clusterName, services.mlWorker) },
    ];
    const ofApps = (title: string, lines: (app: (typeof apps)[number]) => readonly Line[]) =>
      graph({ region, title, lines: apps.flatMap(lines) });
    return [
      [heading('## Capacity and deployments')],
      [
        ofApps('Tasks', ({ label, metrics }) => [
          line(`${label} running`, metrics.running),
          line(`${label} desired`, metrics.desired),
        ]),
        ofApps('CPU and memory used, %', ({ label, metrics }) => [
          line(`${label} CPU`, metrics.cpu),
          line(`${label} memory`, metrics.memory),
        ]),
        ofApps('Deployments in progress', ({ label, metrics }) => [
          line(label, metrics.deployments),
        ]),
      ],
    ];
  }
}
