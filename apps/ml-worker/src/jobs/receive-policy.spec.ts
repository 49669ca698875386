import fc from 'fast-check';
import {
  afterAttempt,
  afterReceived,
  nextReceiveStep,
  noFailures,
  type Breaker,
} from './receive-policy';

const minutes = 60_000;

/** Plays attempts that take no time, and as long pauses as the policy wants, until `end`. */
function attemptsUntil(end: number, works: (now: number) => boolean): number[] {
  const attempts: number[] = [];
  let breaker: Breaker = noFailures;
  for (let now = 0; now < end;) {
    const step = nextReceiveStep(breaker, 0, 4, now);
    if (step.kind === 'wait') now += step.ms;
    else {
      attempts.push(now);
      breaker = afterAttempt(afterReceived(breaker, now, now), works(now), now, now);
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
  const once = afterAttempt(noFailures, false, 5, 5);
  const twice = afterAttempt(once, false, 6, 6);
  expect(nextReceiveStep(twice, 1, 4, 6)).toEqual({ kind: 'receive', max: 4 });
  expect(nextReceiveStep(afterAttempt(twice, true, 7, 7), 0, 40, 7)).toEqual({
    kind: 'receive',
    max: 10,
  });
});

/** After so many failures at 0: receiving is paused for a second. */
const failing = [1, 2, 3].reduce<Breaker>(
  (breaker) => afterAttempt(breaker, false, 0, 0),
  noFailures,
);

test('jobs that fail at the same moment pause no longer than three, whenever they end', () => {
  const burst = Array.from({ length: 12 }).reduce<Breaker>(
    (breaker, _, n) => afterAttempt(breaker, false, 0, n * 500),
    failing,
  );
  expect(burst).toEqual(failing);
  expect(nextReceiveStep(burst, 0, 12, 0)).toEqual({ kind: 'wait', ms: 1_000 });
});

test('one job at a time tries whether it works again, whatever else is in flight', () => {
  const trial = { kind: 'receive', max: 1 };
  expect(nextReceiveStep(failing, 12, 12, 1_000)).toEqual(trial);
  const trying = afterReceived(failing, 1_000, 1_000);
  expect(nextReceiveStep(trying, 13, 12, 1_001)).toMatchObject({ kind: 'wait' });
  const failed = afterAttempt(trying, false, 1_000, 1_100);
  expect(nextReceiveStep(failed, 12, 12, 1_100)).toEqual({ kind: 'wait', ms: 2_000 });
  const worked = afterAttempt(trying, true, 1_000, 1_100);
  expect(nextReceiveStep(worked, 11, 12, 1_100)).toEqual({ kind: 'receive', max: 10 });
});

test('a trial that never ends is not the last one', () => {
  const trying = afterReceived(failing, 1_000, 1_000);
  const step = nextReceiveStep(trying, 1, 12, 1_000);
  expect(step).toEqual({ kind: 'wait', ms: minutes });
  expect(nextReceiveStep(trying, 1, 12, 1_000 + minutes)).toEqual({ kind: 'receive', max: 1 });
});

test('jobs of a poll that was under way when the pause began are not its trial', () => {
  expect(afterReceived(failing, 0, 500)).toEqual(failing);
});

test('it never has twice as many in flight as are wanted, tries one while failing, and always goes on', () => {
  fc.assert(
    fc.property(
      fc.array(fc.boolean(), { maxLength: 40 }),
      fc.nat(60),
      fc.integer({ min: 1, max: 64 }),
      (attempts, inFlight, wanted) => {
        const breaker = attempts.reduce(
          (state, worked) => afterAttempt(state, worked, state.pausedUntil, state.pausedUntil),
          noFailures,
        );
        const fails = attempts.length > 2 && attempts.slice(-3).every((worked) => !worked);
        const step = nextReceiveStep(breaker, inFlight, wanted, 0);
        if (fails) {
          expect(step).toMatchObject({ kind: 'wait' });
          const end = breaker.pausedUntil;
          expect(nextReceiveStep(breaker, inFlight, wanted, end)).toEqual({
            kind: 'receive',
            max: 1,
          });
        } else if (step.kind === 'receive') {
          expect(inFlight + step.max).toBeLessThanOrEqual(2 * wanted - 1);
          expect(step.max).toBeGreaterThan(0);
        } else expect(inFlight).toBeGreaterThanOrEqual(wanted);
      },
    ),
  );
});
