import { minutesPerWeek } from '../analysis';
import type { InferenceProvider } from '../ports/inference-provider';

/** What every InferenceProvider has to do, with any weights. */
export function describeInferenceProvider(
  name: string,
  factory: () => InferenceProvider | Promise<InferenceProvider>,
): void {
  describe(`${name} as an InferenceProvider`, () => {
    let inference: InferenceProvider;
    beforeAll(async () => {
      inference = await factory();
    });
    const aWeek = (phase: number, missing = 0) =>
      Float32Array.from({ length: minutesPerWeek }, (_, minute) =>
        minute < missing ? NaN : Math.max(0, 200 * Math.sin((2 * Math.PI * minute) / 1440 + phase)),
      );

    it('answers 96 finite numbers a week, in the order of the weeks', async () => {
      const weeks = [aWeek(0), aWeek(1), aWeek(2, 500)];
      const together = await inference.embed(weeks);
      expect(together.map((embedding) => embedding.length)).toEqual([96, 96, 96]);
      expect(together.every((embedding) => embedding.every(Number.isFinite))).toBe(true);
      for (const [n, week] of weeks.entries()) {
        const [alone] = await inference.embed([week]);
        alone?.forEach((value, place) => expect(together[n]?.[place]).toBeCloseTo(value, 4));
      }
    });

    it('leaves the weeks as they were', async () => {
      const week = aWeek(0, 10);
      const before = week.slice();
      await inference.embed([week]);
      expect(week).toEqual(before);
    });

    it('answers nothing for nothing', async () => {
      expect(await inference.embed([])).toEqual([]);
    });

    it('refuses a week without data', async () => {
      const empty = new Float32Array(minutesPerWeek).fill(NaN);
      await expect(inference.embed([empty])).rejects.toMatchObject({ kind: 'invalid-input' });
    });
  });
}
