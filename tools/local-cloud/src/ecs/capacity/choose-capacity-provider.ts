import type { CapacityProviderStrategyItem } from '@aws-sdk/client-ecs';
import type { HostCapacity } from './host-capacity';

/**
 * Which capacity provider the next task gets: the base of the strategy first, then whichever is
 * furthest below its share by weight (the heavier one of two equals). Hosts that are full are left
 * out, unless all are.
 */
export function chooseCapacityProvider(
  strategy: readonly CapacityProviderStrategyItem[],
  running: ReadonlyMap<string, number>,
  limits: HostCapacity = new Map(),
): string | undefined {
  const hasRoom = ({ capacityProvider = '' }: CapacityProviderStrategyItem) =>
    (running.get(capacityProvider) ?? 0) < (limits.get(capacityProvider) ?? Infinity);
  const open = strategy.filter(hasRoom);
  const counted = (open.length > 0 ? open : strategy).map(
    ({ capacityProvider = '', base = 0, weight = 0 }) => {
      const count = running.get(capacityProvider) ?? 0;
      return { capacityProvider, missing: base - count, weight, load: (count - base + 1) / weight };
    },
  );
  const below = counted.find((each) => each.missing > 0);
  if (below) return below.capacityProvider;
  const weighted = counted
    .filter((each) => each.weight > 0)
    .sort((a, b) => a.load - b.load || b.weight - a.weight);
  return (weighted[0] ?? counted[0])?.capacityProvider;
}
