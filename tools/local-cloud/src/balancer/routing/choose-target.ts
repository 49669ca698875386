import type { WeightedGroup } from '../rules/listener';
import type { Target } from '../targets/target-table';

/** Picks one of weighted groups each time it is called, in proportion and as evenly as can be. */
export type GroupChooser = (groups: readonly WeightedGroup[]) => string | undefined;

/**
 * Smooth weighted round robin. Like ALB it does not look at health: a group without healthy targets
 * keeps its share, and answers it with 503.
 */
export function groupChooser(): GroupChooser {
  const credits = new Map<string, number>();
  return (groups) => {
    const total = groups.reduce((sum, { weight }) => sum + weight, 0);
    if (total === 0) return undefined;
    let chosen: string | undefined;
    for (const { targetGroupArn, weight } of groups) {
      const credit = (credits.get(targetGroupArn) ?? 0) + weight;
      credits.set(targetGroupArn, credit);
      if (weight > 0 && (chosen === undefined || credit > (credits.get(chosen) ?? 0)))
        chosen = targetGroupArn;
    }
    if (chosen !== undefined) credits.set(chosen, (credits.get(chosen) ?? 0) - total);
    return chosen;
  };
}

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
