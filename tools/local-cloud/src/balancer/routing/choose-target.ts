import type { Target } from '../targets/target-table';

/**
 * The healthy target of a group whose turn it is; with least_outstanding_requests among those with
 * the fewest requests in flight.
 * @param turn a number that grows by one a request
 * @param tried those that could not be reached for this request
 */
export function chooseTarget(
  targets: readonly Target[],
  turn: number,
  tried: ReadonlySet<Target>,
): Target | undefined {
  const healthy = targets.filter((target) => target.state === 'healthy' && !tried.has(target));
  const fewest = Math.min(...healthy.map(({ inFlight }) => inFlight));
  const candidates = healthy.filter(
    ({ algorithm, inFlight }) => algorithm === 'round_robin' || inFlight === fewest,
  );
  return candidates[turn % candidates.length];
}
