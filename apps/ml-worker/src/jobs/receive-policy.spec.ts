import fc from 'fast-check';
import { afterAttempt, nextReceiveStep, noFailures, type Breaker } from './receive-policy';

const minutes = 60_000;

/** Plays attempts that take no time, and as long pauses as the policy wants, until `end`. */
function attemptsUntil(end: number, works: (now: number) => boolean): number[] {
  const attempts: number[] = [];
  let breaker: Breaker = noFailures;
  for (let now = 0; now < end;) {
    const step = nextReceiveStep(breaker, 0, 4, now);
    if (step.kind === 'pause') now += step.ms;
    else {
      attempts.push(now);
      breaker = afterAttempt(breaker, works(now), now);
      if (works(now)) now += 100;
    }
  }
  return attempts;
}

test('an outage of ten minutes costs few attempts, and its end is found within a minute', () => {
  const attempts = attemptsUntil(11 * minutes, (now) => now >= 10 * minutes);
  const [during, after] = [
    attempts.filter((at) => at < 10 * minutes),
    attempts.filter((at) => at >= 10 * minutes),
  ];
  expect(during.length).toBeLessThan(20);
  expect(after[0]).toBeLessThanOrEqual(11 * minutes);
});

test('two failures in a row pause nothing', () => {
  const once = afterAttempt(noFailures, false, 5);
  const twice = afterAttempt(once, false, 6);
  expect(nextReceiveStep(twice, 1, 4, 6)).toEqual({ kind: 'receive', max: 4 });
  expect(nextReceiveStep(afterAttempt(twice, true, 7), 0, 40, 7)).toEqual({
    kind: 'receive',
    max: 10,
  });
});

test('jobs that fail at the same moment pause no longer than one that fails', () => {
  const burst = Array.from({ length: 12 }).reduce<Breaker>(
    (breaker) => afterAttempt(breaker, false, 5),
    noFailures,
  );
  expect(nextReceiveStep(burst, 0, 12, 5)).toEqual({ kind: 'pause', ms: 1_000 });
});

test('it never has twice as many in flight as are wanted, one while failing, and always goes on', () => {
  fc.assert(
    fc.property(
      fc.array(fc.boolean(), { maxLength: 40 }),
      fc.nat(60),
      fc.integer({ min: 1, max: 64 }),
      (attempts, inFlight, wanted) => {
        const breaker = attempts.reduce(
          (state, worked) => afterAttempt(state, worked, 0),
          noFailures,
        );
        const failing = attempts.slice(-3).filter((worked) => !worked).length === 3;
        const step = nextReceiveStep(breaker, inFlight, wanted, 0);
        if (step.kind === 'receive') {
          expect(inFlight + step.max).toBeLessThanOrEqual(failing ? 1 : 2 * wanted - 1);
          expect(step.max).toBeGreaterThan(0);
        }
        if (step.kind === 'rest') expect(inFlight).toBeGreaterThan(0);
        if (step.kind === 'pause') {
          expect(step.ms).toBeLessThanOrEqual(60_000);
          expect(nextReceiveStep(breaker, 0, wanted, step.ms)).toEqual({ kind: 'receive', max: 1 });
        }
      },
    ),
  );
});
