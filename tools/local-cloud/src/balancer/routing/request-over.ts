/** Where the answer came from: the target, a rule's own action, or the load balancer in despair. */
export type RequestOutcome =
  | { readonly by: 'target'; readonly status: number; readonly seconds: number }
  /** `broken`: the target's answer ended in the middle, and so did the client's connection. */
  | { readonly by: 'load-balancer'; readonly status: number; readonly broken: boolean }
  | { readonly by: 'rule'; readonly status: number }
  | { readonly by: 'client-gone' };

/** A request that is over, as those who count hear of it. */
export interface RequestOver {
  readonly loadBalancerArn: string;
  /** Where the rules sent it; undefined for fixed responses, redirects and the like. */
  readonly targetGroupArn: string | undefined;
  /** Milliseconds since the epoch. */
  readonly arrivedAt: number;
  readonly outcome: RequestOutcome;
}

/** The load balancer itself failed: it answered 5xx in place of a target, or broke the answer off. */
export const isBalancerFailure = (outcome: RequestOutcome): boolean =>
  outcome.by === 'load-balancer';

export const isTargetFailure = (outcome: RequestOutcome): boolean =>
  outcome.by === 'target' && outcome.status >= 500;
