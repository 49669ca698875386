/** What the load balancer needs to know of a target group; times in milliseconds. */
export interface TargetGroup {
  readonly arn: string;
  /** `instance`, `ip`, `lambda` or `alb`. */
  readonly targetType: string;
  readonly loadBalancerArns: readonly string[];
  readonly healthCheck: TargetHealthCheck;
  readonly deregistrationDelayMs: number;
  readonly algorithm: 'round_robin' | 'least_outstanding_requests';
}

export interface TargetHealthCheck {
  readonly path: string;
  /** HTTP codes that count as healthy: `200`, `200,204` or `200-299`. */
  readonly matcher: string;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
}

/** Whether a status code is among those of a matcher. */
export const matches = (matcher: string, status: number): boolean =>
  matcher.split(',').some((part) => {
    const [from = '', to = from] = part.trim().split('-');
    return status >= Number(from) && status <= Number(to);
  });
