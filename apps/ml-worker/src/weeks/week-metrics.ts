import {
  coleKripke,
  cosinor,
  interdailyStability,
  intradailyVariability,
  mainSleepWindows,
  nightMetrics,
  rescoreByWebster,
  restActivity,
  sadeh,
  sleepMinutes,
  sleepRegularityIndex,
  type LocalClock,
} from '@clarity/actigraphy';
import type { AnalysisMetrics, CountScaling } from '@clarity/domain';
import type { WeekInput } from './week-input';

type SleepMetrics = NonNullable<AnalysisMetrics['sleep']>;
type Night = SleepMetrics['nights'][number];

/** Every metric of a week; null if its minutes do not allow it. */
export function weekMetrics(week: WeekInput): AnalysisMetrics {
  const { counts, clock, countScaling } = week;
  const rest = restActivity(counts, clock);
  return {
    interdailyStability: interdailyStability(counts, clock) ?? null,
    intradailyVariability: intradailyVariability(counts) ?? null,
    l5: rest?.l5 ?? null,
    m10: rest?.m10 ?? null,
    relativeAmplitude: rest?.relativeAmplitude ?? null,
    cosinor: cosinor(counts, clock) ?? null,
    sleep: countScaling === undefined ? null : sleepMetrics(week, countScaling),
  };
}

function sleepMetrics(
  { counts, clock, inBed }: WeekInput,
  { coleKripkeDivisor, sadehCap }: CountScaling,
): SleepMetrics {
  const raw = coleKripke(counts, coleKripkeDivisor);
  const scores = rescoreByWebster(raw);
  return {
    coleKripkeMinutes: sleepMinutes(raw),
    coleKripkeWebsterMinutes: sleepMinutes(scores),
    sadehMinutes: sleepMinutes(sadeh(counts, sadehCap)),
    sleepRegularityIndex: sleepRegularityIndex(scores, clock) ?? null,
    nights: nightsOf(scores, clock, inBed),
  };
}

/**
 * The given intervals, and the main sleep of every night that none of them touches. A night of
 * which nothing was measured is left out.
 */
function nightsOf(scores: Uint8Array, clock: LocalClock, inBed: WeekInput['inBed']): Night[] {
  const detected = mainSleepWindows(scores, clock).filter(
    ({ start, end }) => !inBed.some((given) => given.start < end && start < given.end),
  );
  const windows = [
    ...inBed.map((window) => ({ ...window, source: 'in_bed' as const })),
    ...detected.map((window) => ({ ...window, source: 'detected' as const })),
  ].sort((a, b) => a.start - b.start);
  return windows.flatMap((window) => {
    const metrics = nightMetrics(scores, window);
    return metrics === undefined ? [] : [{ ...window, ...metrics }];
  });
}
