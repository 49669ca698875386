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
} from '@clarity/actigraphy';
import type { AnalysisMetrics, CountScaling } from '@clarity/domain';
import type { WeekInput } from './week-input';

type SleepMetrics = NonNullable<AnalysisMetrics['sleep']>;
type Night = SleepMetrics['nights'][number];

/** Every metric of a week; null if its minutes do not allow it. */
export function weekMetrics({ counts, inBed, countScaling }: WeekInput): AnalysisMetrics {
  const rest = restActivity(counts);
  return {
    interdailyStability: interdailyStability(counts) ?? null,
    intradailyVariability: intradailyVariability(counts) ?? null,
    l5: rest?.l5 ?? null,
    m10: rest?.m10 ?? null,
    relativeAmplitude: rest?.relativeAmplitude ?? null,
    cosinor: cosinor(counts) ?? null,
    sleep: countScaling === undefined ? null : sleepMetrics(counts, inBed, countScaling),
  };
}

function sleepMetrics(
  counts: Float32Array,
  inBed: WeekInput['inBed'],
  { coleKripkeDivisor, sadehCap }: CountScaling,
): SleepMetrics {
  const raw = coleKripke(counts, coleKripkeDivisor);
  const scores = rescoreByWebster(raw);
  return {
    coleKripkeMinutes: sleepMinutes(raw),
    coleKripkeWebsterMinutes: sleepMinutes(scores),
    sadehMinutes: sleepMinutes(sadeh(counts, sadehCap)),
    sleepRegularityIndex: sleepRegularityIndex(scores) ?? null,
    nights: nightsOf(scores, inBed),
  };
}

/**
 * The given intervals, and the main sleep of every night that none of them touches. A night of
 * which nothing was measured is left out.
 */
function nightsOf(scores: Uint8Array, inBed: WeekInput['inBed']): Night[] {
  const detected = mainSleepWindows(scores).filter(
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
