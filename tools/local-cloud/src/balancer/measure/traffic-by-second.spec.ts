import { trafficBySecond } from './traffic-by-second';

it('counts requests in the second they arrived in, whatever became of them', () => {
  const traffic = trafficBySecond();
  const over = { loadBalancerArn: 'lb', targetGroupArn: 'group' };
  const target = (status: number) => ({ by: 'target', status, seconds: 0.1 }) as const;
  traffic.count({ ...over, arrivedAt: 2_100, outcome: target(200) });
  traffic.count({ ...over, arrivedAt: 1_000, outcome: target(503) });
  traffic.count({
    ...over,
    arrivedAt: 1_999,
    outcome: { by: 'load-balancer', status: 200, broken: true },
  });
  traffic.count({ ...over, arrivedAt: 1_500, outcome: { by: 'rule', status: 503 } });
  expect(traffic.rows()).toEqual([
    { second: 1, requests: 3, balancerFailures: 1, target5xx: 1 },
    { second: 2, requests: 1, balancerFailures: 0, target5xx: 0 },
  ]);
});
