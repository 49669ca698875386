import fc from 'fast-check';
import { firstProbe, nextProbeIn, probed, type ProbeSettings } from './probe-state';

const settings: ProbeSettings = {
  intervalMs: 10_000,
  healthyThreshold: 2,
  unhealthyThreshold: 3,
  startPeriodMs: 0,
  eagerMs: 500,
};

/** Checks at the pace the state itself asks for; returns the health after each. */
function verdicts(outcomes: readonly boolean[], with_: ProbeSettings = settings) {
  let now = with_.intervalMs;
  let state = firstProbe(0);
  return outcomes.map((success) => {
    state = probed(state, with_, success, now);
    now += nextProbeIn(state, with_);
    return { health: state.health, at: now };
  });
}

it('is healthy after one success, soon after the first check is due', () => {
  expect(verdicts([false, false, true])[2]).toEqual({ health: 'healthy', at: 21_000 });
});

it('is unhealthy only after as many intervals as failures are allowed', () => {
  const all = verdicts(Array.from({ length: 100 }, () => false));
  const first = all.findIndex(({ health }) => health === 'unhealthy');
  expect(all[first]?.at).toBeGreaterThanOrEqual(30_000);
  expect(all[first - 1]?.at).toBeLessThanOrEqual(31_000);
});

it('takes the healthy threshold to come back', () => {
  const failed = [true, false, false, false];
  expect(verdicts([...failed, true]).at(-1)?.health).toBe('unhealthy');
  expect(verdicts([...failed, true, true]).at(-1)?.health).toBe('healthy');
});

it('does not count failures in the start period', () => {
  const patient = { ...settings, intervalMs: 1_000, startPeriodMs: 20_000 };
  const all = verdicts(
    Array.from({ length: 60 }, () => false),
    patient,
  );
  const first = all.find(({ health }) => health === 'unhealthy');
  expect(first?.at).toBeGreaterThan(20_000);
});

it('never turns unhealthy without that many failures in a row', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean()), (outcomes) => {
      const all = verdicts(outcomes);
      all.forEach(({ health }, index) => {
        const last = outcomes.slice(Math.max(0, index - 2), index + 1);
        if (health === 'unhealthy' && all[index - 1]?.health !== 'unhealthy')
          expect(last.length === 3 && last.every((success) => !success)).toBe(true);
      });
    }),
  );
});
