import type { TrafficSecond } from '../../contract';
import { isBalancerFailure, isTargetFailure, type RequestOver } from '../routing/request-over';

export interface TrafficBySecond {
  count(request: RequestOver): void;
  /** Oldest first; seconds without a request are left out. */
  rows(): readonly TrafficSecond[];
}

/** More than a day of requests every second; older ones are forgotten. */
const mostSeconds = 100_000;

export function trafficBySecond(): TrafficBySecond {
  const seconds = new Map<number, TrafficSecond>();
  return {
    count: ({ arrivedAt, outcome }) => {
      const second = Math.floor(arrivedAt / 1000);
      const row = seconds.get(second);
      seconds.set(second, {
        second,
        requests: (row?.requests ?? 0) + 1,
        balancerFailures: (row?.balancerFailures ?? 0) + Number(isBalancerFailure(outcome)),
        target5xx: (row?.target5xx ?? 0) + Number(isTargetFailure(outcome)),
      });
      const [oldest = second] = seconds.keys();
      if (seconds.size > mostSeconds) seconds.delete(oldest);
    },
    rows: () => [...seconds.values()].toSorted((a, b) => a.second - b.second),
  };
}
