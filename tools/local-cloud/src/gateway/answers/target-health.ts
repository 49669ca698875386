import type { TargetState, TargetTable } from '../../balancer/targets/target-table';

/** What ELB reports about a target besides its state. */
const explanations: Readonly<Record<TargetState, { reason: string; description: string }>> = {
  initial: {
    reason: 'Elb.InitialHealthChecking',
    description: 'Initial health checks in progress',
  },
  healthy: { reason: '', description: '' },
  unhealthy: { reason: 'Target.FailedHealthChecks', description: 'Health checks failed' },
  draining: {
    reason: 'Target.DeregistrationInProgress',
    description: 'Target deregistration is in progress',
  },
};

/**
 * The answer to DescribeTargetHealth from our own target table; undefined if none of our tasks
 * is in the group, because moto has what was registered by hand.
 */
export function describeTargetHealth(
  query: URLSearchParams,
  table: TargetTable,
): string | undefined {
  if (query.get('Action') !== 'DescribeTargetHealth') return undefined;
  const targets = table.targets(query.get('TargetGroupArn') ?? '');
  if (targets.length === 0) return undefined;
  const members = targets.map(({ port, state, lastFailure }) => {
    const { reason, description } =
      (state === 'unhealthy' ? lastFailure : undefined) ?? explanations[state];
    const why = reason && `<Reason>${reason}</Reason><Description>${description}</Description>`;
    return `<member><Target><Id>127.0.0.1</Id><Port>${port}</Port></Target><HealthCheckPort>${port}</HealthCheckPort><TargetHealth><State>${state}</State>${why}</TargetHealth></member>`;
  });
  return `<DescribeTargetHealthResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/"><DescribeTargetHealthResult><TargetHealthDescriptions>${members.join('')}</TargetHealthDescriptions></DescribeTargetHealthResult><ResponseMetadata><RequestId>local-cloud</RequestId></ResponseMetadata></DescribeTargetHealthResponse>`;
}
