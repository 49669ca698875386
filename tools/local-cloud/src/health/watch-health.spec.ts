import type { Clock } from '@clarity/host';
import { fasterClock } from '../clock/faster-clock';
import { watchHealth } from './watch-health';

const settings = {
  intervalMs: 30_000,
  healthyThreshold: 2,
  unhealthyThreshold: 3,
  startPeriodMs: 60_000,
};

/** Checks a process by a clock of this speed; returns the real times of all changes of its health. */
async function changesOf(speed: number, answersAt: (realMs: number) => boolean) {
  let now = 0;
  let next: { at: number; action: () => void } | undefined;
  const real: Clock = {
    now: () => now,
    after: (ms, action) => {
      next = { at: now + ms, action };
      return () => (next = undefined);
    },
  };
  const changes: string[] = [];
  const watch = watchHealth(
    () => Promise.resolve(answersAt(now)),
    settings,
    fasterClock(real, speed),
    (health) => changes.push(`${health} at ${now}`),
  );
  await new Promise((resolve) => setImmediate(resolve));
  while (next && next.at < 400_000) {
    now = next.at;
    next.action();
    await new Promise((resolve) => setImmediate(resolve));
  }
  watch.stop();
  return changes;
}

const never = () => false;

it('gives a process its configured time at real speed', async () => {
  expect(await changesOf(1, never)).toEqual(['unhealthy at 120000']);
});

it('gives a process 10 s of real time to start, however fast the clock is', async () => {
  expect(await changesOf(600, never)).toEqual(['unhealthy at 10000']);
  expect(await changesOf(600, (now) => now >= 9_000)).toEqual(['healthy at 9000']);
});

it('finds out sooner at a higher speed that a process has become unhealthy', async () => {
  const failing = (now: number) => now < 200_000;
  expect(await changesOf(1, failing)).toEqual(['healthy at 30000', 'unhealthy at 270000']);
  expect(await changesOf(20, failing)).toEqual(['healthy at 2000', 'unhealthy at 204000']);
});
