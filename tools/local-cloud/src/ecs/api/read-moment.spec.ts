import { fasterClock } from '../../clock/faster-clock';
import { isRemembered, readMoments } from './read-moment';

const start = Date.UTC(2026, 10, 23);
const at = (ms: number) => new Date(start + ms);
function clockAt(ms: number, speed = 1) {
  return fasterClock({ now: () => start + ms, after: () => () => {} }, speed);
}

test('what is newer than the moment of a read is not there yet, and each read has its own moment', () => {
  const randoms = [0.9, 0, 0.5];
  const moment = readMoments(clockAt(5_000), 'eventual', () => randoms.shift() ?? 0);
  const seen = () => moment()(at(2_000));
  expect([seen(), seen(), seen()]).toEqual([false, true, true]);
});

test('consistent reads show everything at once', () => {
  expect(readMoments(clockAt(0), 'consistent', () => 1)()(at(0))).toBe(true);
});

test('reads are late by the clock, which may be faster', () => {
  const moment = readMoments(clockAt(1_000, 20), 'eventual', () => 1);
  expect(moment()(at(700))).toBe(true);
  expect(moment()(at(800))).toBe(false);
});

test('ECS forgets service deployments after 90 days', () => {
  const day = 24 * 3_600_000;
  expect(isRemembered(clockAt(90 * day), at(0))).toBe(true);
  expect(isRemembered(clockAt(90 * day + 1), at(0))).toBe(false);
});
