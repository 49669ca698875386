import { releaseTimeline } from './release-timeline';

const second = (at: number, requests: number) => ({
  second: at,
  requests,
  balancerFailures: 0,
  target5xx: 0,
});

test('seconds without a request are drawn as none, not as a slope to the next', () => {
  const page = releaseTimeline({ tasks: [], traffic: [second(0, 10), second(300, 10)] });
  const [, points = ''] = /class="load" points="([^"]+)"/.exec(page) ?? [];
  const heights = points.split(' ').map((point) => point.split(',')[1]);
  const [full, none] = heights;
  expect(heights).toEqual([full, none, none, full]);
  expect(Number(none)).toBeGreaterThan(Number(full));
});
