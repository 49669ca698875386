import type { HealthDataRepository } from '../ports/health-data-repository';
import { describeAnalyses } from './analyses-contract';
import { describeSamples } from './samples-contract';

/** What every HealthDataRepository has to do. Each test uses users of its own, so one store serves all. */
export function describeHealthDataRepository(
  name: string,
  factory: () => HealthDataRepository | Promise<HealthDataRepository>,
): void {
  describe(`${name} as a HealthDataRepository`, () => {
    describeSamples(factory);
    describeAnalyses(factory);
  });
}
