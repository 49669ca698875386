import type { MetricStore } from '../../alarms/metrics/metric-store';
import type { LoadBalancers } from '../load-balancers';
import type { RequestOver } from '../routing/request-over';
import type { TargetTable } from '../targets/target-table';

const namespace = 'AWS/ApplicationELB';

/** `app/<name>/<id>`, and `targetgroup/<name>/<id>`, as CloudWatch names them. */
const balancerDimension = (arn: string) => arn.replace(/^.*:loadbalancer\//, '');
const groupDimension = (arn: string) => arn.replace(/^.*:(?=targetgroup\/)/, '');

/** Measures a request as ALB does: counts are only published where they are not 0. */
export function recordRequest(store: MetricStore, request: RequestOver, now: number): void {
  const { loadBalancerArn, targetGroupArn, outcome } = request;
  const LoadBalancer = balancerDimension(loadBalancerArn);
  const record = (name: string, value: number, dimensions: Readonly<Record<string, string>>) =>
    store.record({ namespace, name, dimensions }, value, now);
  if (outcome.by === 'load-balancer') {
    record('HTTPCode_ELB_5XX_Count', 1, { LoadBalancer });
    record(`HTTPCode_ELB_${outcome.status}_Count`, 1, { LoadBalancer });
  }
  if (outcome.by !== 'target') return;
  const behind = targetGroupArn
    ? [{ LoadBalancer, TargetGroup: groupDimension(targetGroupArn) }]
    : [];
  for (const dimensions of [{ LoadBalancer }, ...behind]) {
    record('RequestCount', 1, dimensions);
    record(`HTTPCode_Target_${Math.floor(outcome.status / 100)}XX_Count`, 1, dimensions);
    record('TargetResponseTime', outcome.seconds, dimensions);
  }
}

/** Measures how many targets are healthy, for each target group that is routed to. */
export function recordHosts(
  store: MetricStore,
  { routes }: Pick<LoadBalancers, 'routes'>,
  table: TargetTable,
  now: number,
): void {
  for (const { loadBalancerArn, targetGroupArn } of routes()) {
    const targets = table.targets(targetGroupArn).filter(({ state }) => state !== 'draining');
    if (targets.length === 0) continue;
    const count = (state: string) => targets.filter((target) => target.state === state).length;
    const dimensions = {
      LoadBalancer: balancerDimension(loadBalancerArn),
      TargetGroup: groupDimension(targetGroupArn),
    };
    store.record({ namespace, name: 'HealthyHostCount', dimensions }, count('healthy'), now);
    store.record({ namespace, name: 'UnHealthyHostCount', dimensions }, count('unhealthy'), now);
  }
}
