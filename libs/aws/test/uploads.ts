import { timed, type TimedSample, type UserId } from '@clarity/domain';

const day = Date.UTC(2026, 2, 2);
const secondsOfDay = 86_400;

/**
 * A thousand uploads of one user into two days, the same in every process: from single samples to
 * several blocks' worth, in order and out of order, some of them overlapping.
 */
export function uploadsOf(user: string): { userId: UserId; uploads: readonly TimedSample[][] } {
  let next = 0;
  const uploads = Array.from({ length: 1_000 }, (_, n) => {
    const size = n % 100 === 0 ? 2_500 : n % 10 === 0 ? 60 : 1 + (n % 5);
    const from = n % 3 === 0 ? (n * 7_919) % (2 * secondsOfDay) : next;
    if (n % 3 !== 0) next += size;
    return Array.from({ length: size }, (_, m) => sampleAt(from + m));
  });
  return { userId: user as UserId, uploads };
}

/** Of each second there is one sample, so uploads that overlap hold the same ones. */
function sampleAt(second: number): TimedSample {
  const start = new Date(day + second * 1_000).toISOString();
  return timed({
    id: `00000000-0000-4000-8000-${second.toString(16).padStart(12, '0')}`,
    type: 'heart_rate',
    start,
    end: start,
    value: 40 + (second % 100),
    unit: '/min',
    source: 'watch',
  });
}
