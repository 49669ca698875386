import { sideBySide } from './side-by-side';

test('contenders take turns, the warm-up does not count, and the ratio is of the medians', async () => {
  let now = 0;
  const order: string[] = [];
  const takes = (name: string, ...seconds: number[]) => ({
    name,
    run: async () => {
      order.push(name);
      now += seconds.shift() ?? NaN;
    },
  });
  const comparison = await sideBySide(
    'synth',
    {
      ours: takes('bundle', 100, 1, 2, 9),
      baseline: takes('ts-node', 100, 10, 30, 20),
      rounds: 3,
      goal: 5,
    },
    () => now,
  );
  expect(order).toEqual([...Array(4)].flatMap(() => ['bundle', 'ts-node']));
  expect(comparison).toEqual({
    name: 'synth',
    seconds: { bundle: 2, 'ts-node': 20 },
    ratio: 10,
    goal: 5,
  });
});
