import fc from 'fast-check';
import { boundedLines } from './bounded-lines';

type Line = { readonly event: string; readonly suppressed?: number };

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('bounded lines', () => {
  it('are as many as allowed a second, and one with the count of the rest', () => {
    const lines: object[] = [];
    const log = boundedLines((line) => void lines.push(line), 2);
    for (let n = 1; n <= 5; n++) log('refused', { n });
    jest.advanceTimersByTime(1_000);
    log('refused', { n: 6 });
    jest.advanceTimersByTime(1_000);
    expect(lines).toEqual([
      { event: 'refused', n: 1 },
      { event: 'refused', n: 2 },
      { event: 'refused', suppressed: 3 },
      { event: 'refused', n: 6 },
    ]);
  });

  it('of one event do not crowd out another, and none is lost from the count', () => {
    const burst = fc.record({
      event: fc.constantFrom('a', 'b', 'c'),
      count: fc.nat(30),
      pause: fc.nat(1_500),
    });
    fc.assert(
      fc.property(
        fc.array(burst, { maxLength: 20 }),
        fc.integer({ min: 1, max: 5 }),
        (all, max) => {
          const lines: Line[] = [];
          const log = boundedLines<string>((line) => void lines.push(line as Line), max);
          for (const { event, count, pause } of all) {
            const first = lines.length;
            for (let n = 0; n < count; n++) log(event, {});
            expect(lines.length - first).toBeLessThanOrEqual(max);
            jest.advanceTimersByTime(pause);
          }
          jest.advanceTimersByTime(1_000);
          for (const event of ['a', 'b', 'c']) {
            const sent = all.reduce(
              (sum, burst) => sum + (burst.event === event ? burst.count : 0),
              0,
            );
            const told = lines
              .filter((line) => line.event === event)
              .reduce((sum, { suppressed = 1 }) => sum + suppressed, 0);
            expect(told).toBe(sent);
          }
        },
      ),
    );
  });
});
