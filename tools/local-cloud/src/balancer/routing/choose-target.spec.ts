import { Agent } from 'node:http';
import { chooseTarget } from './choose-target';
import type { Target } from '../targets/target-table';

const target = (
  taskId: string,
  inFlight: number,
  state: Target['state'] = 'healthy',
  algorithm: Target['algorithm'] = 'round_robin',
): Target => ({
  targetGroupArn: 'group',
  taskId,
  port: 1,
  agent: new Agent(),
  algorithm,
  state,
  lastFailure: undefined,
  inFlight,
  requests: 0,
  failures: 0,
});
const idsOf = (targets: readonly Target[], tried: readonly Target[] = []) =>
  [0, 1, 2, 3].map((turn) => chooseTarget(targets, turn, new Set(tried))?.taskId);

it('goes round the healthy targets', () => {
  const [a, b] = [target('a', 9), target('b', 0)];
  const others = [
    target('c', 0, 'draining'),
    target('d', 0, 'unhealthy'),
    target('e', 0, 'initial'),
  ];
  expect(idsOf([a, b, ...others])).toEqual(['a', 'b', 'a', 'b']);
  expect(idsOf([a, b, ...others], [a])).toEqual(['b', 'b', 'b', 'b']);
  expect(idsOf(others)).toEqual([undefined, undefined, undefined, undefined]);
});

it('prefers those with the fewest requests in flight, where the group says so', () => {
  const all = [3, 1, 1].map((inFlight, index) =>
    target(String(index), inFlight, 'healthy', 'least_outstanding_requests'),
  );
  expect(idsOf(all)).toEqual(['1', '2', '1', '2']);
});
