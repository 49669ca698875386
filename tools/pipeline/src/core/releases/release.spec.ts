import { releaseId } from './release';

test('ids sort by time and name the commit', () => {
  const earlier = releaseId(new Date('2026-11-23T02:15:00Z'), 'ffffffff00');
  const later = releaseId(new Date('2026-11-23T02:15:01Z'), '0000000000');
  expect(earlier).toBe('20261123T021500.000Z-fffffff');
  expect([later, earlier].toSorted()).toEqual([earlier, later]);
});
