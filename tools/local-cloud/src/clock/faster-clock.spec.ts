import type { Clock } from '@clarity/host';
import { fasterClock, withRealMinimum } from './faster-clock';

const still = (now: number): Clock & { waits: number[] } => {
  const waits: number[] = [];
  return {
    waits,
    now: () => now,
    after: (ms) => {
      waits.push(ms);
      return () => {};
    },
  };
};

it('shortens waits and keeps real dates', () => {
  const real = still(1_000_000);
  const clock = fasterClock(real, 20);
  clock.after(60_000, () => {});
  expect(real.waits).toEqual([3_000]);
  expect(clock.dateOf(clock.now())).toEqual(new Date(1_000_000));
  expect(clock.dateOf(clock.now() + 60_000)).toEqual(new Date(1_003_000));
});

it('never fires before the time that was asked for', () => {
  const real = still(0);
  fasterClock(real, 7).after(10, () => {});
  expect(real.waits).toEqual([2]);
});

it.each([
  { speed: 1, ms: 30_000, realMs: 30_000 },
  { speed: 1, ms: 4_000, realMs: 4_000 },
  { speed: 20, ms: 4_000, realMs: 4_000 },
  { speed: 20, ms: 30_000, realMs: 10_000 },
  { speed: 20, ms: 600_000, realMs: 30_000 },
])('keeps a real minimum of 10 s for $ms ms at speed $speed', ({ speed, ms, realMs }) => {
  expect(withRealMinimum(fasterClock(still(0), speed), ms, 10_000) / speed).toBe(realMs);
});
