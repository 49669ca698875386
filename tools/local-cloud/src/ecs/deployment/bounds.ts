import type { ServiceState } from './state';

/** How many tasks a service is to have, and how few and many it may have on the way there. */
export interface Bounds {
  readonly desired: number;
  readonly lower: number;
  readonly upper: number;
}

/** ECS rounds the minimum up and the maximum down. */
export function boundsOf({
  desiredCount,
  limits,
  draining,
}: Pick<ServiceState, 'desiredCount' | 'limits' | 'draining'>): Bounds {
  const desired = draining ? 0 : desiredCount;
  const lower = Math.ceil((desired * limits.minimumHealthyPercent) / 100);
  const upper = Math.floor((desired * limits.maximumPercent) / 100);
  return { desired, lower: Math.min(lower, desired), upper: Math.max(upper, desired) };
}
