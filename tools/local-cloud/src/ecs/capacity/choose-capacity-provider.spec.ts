import fc from 'fast-check';
import { chooseCapacityProvider } from './choose-capacity-provider';

const strategy = [
  { capacityProvider: 'FARGATE', base: 1, weight: 1 },
  { capacityProvider: 'FARGATE_SPOT', base: 0, weight: 3 },
];

function place(count: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (let task = 0; task < count; task += 1) {
    const chosen = chooseCapacityProvider(strategy, counts) ?? '';
    counts.set(chosen, (counts.get(chosen) ?? 0) + 1);
  }
  return counts;
}

it('fills the base first, then goes by weight', () => {
  expect([...place(1)]).toEqual([['FARGATE', 1]]);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), (count) => {
      const placed = place(count);
      expect(Math.abs((placed.get('FARGATE_SPOT') ?? 0) - (count - 1) * 0.75)).toBeLessThan(1);
    }),
  );
});

it('chooses nothing without a strategy', () => {
  expect(chooseCapacityProvider([], new Map())).toBeUndefined();
});

it('leaves full hosts out', () => {
  const hosts = [
    { capacityProvider: 'gpu-a', base: 0, weight: 2 },
    { capacityProvider: 'gpu-b', base: 0, weight: 1 },
  ];
  const limits = new Map([['gpu-a', 1]]);
  expect(chooseCapacityProvider(hosts, new Map([['gpu-a', 1]]), limits)).toBe('gpu-b');
});
