import { actogramSvg, nonWearWindows, type SleepWindow } from '@clarity/actigraphy';
import {
  decodeCounts,
  localClock,
  minutesPerWeek,
  type AnalysisInput,
  type AnalysisResult,
} from '@clarity/domain';
import { parseInput, parseResult } from './stored-documents';

/**
 * The picture of an analysed week.
 * @param input the document that was analysed, @param result what was found
 * @returns an SVG document
 * @throws Error if a document is not what it should be; they are ours, not the client's
 */
export function drawWeek(input: Buffer, result: Buffer): string {
  const week = parseInput(input.toString('utf8'));
  const found = parseResult(result.toString('utf8'));
  const counts = decodeCounts(week.counts);
  const clock = localClock(week.from, week.timeZone, minutesPerWeek);
  if (counts === undefined || clock === undefined)
    throw new Error('the counts of an analysis input are not a week');
  const { l5, m10, cosinor } = found.metrics;
  return actogramSvg({
    counts,
    clock,
    from: week.from,
    sleepWindows: sleepWindows(week, found),
    nonWear: nonWearWindows(counts),
    rhythm: {
      l5Onset: l5?.onsetMinute,
      m10Onset: m10?.onsetMinute,
      acrophase: cosinor?.acrophaseMinute,
    },
  });
}

/** The nights that were scored; without scoring, those that the person gave. */
function sleepWindows(week: AnalysisInput, { metrics }: AnalysisResult): SleepWindow[] {
  return (
    metrics.sleep?.nights.map(({ start, end, source }) => ({ start, end, source })) ??
    week.inBed.map(({ start, end }) => ({ start, end, source: 'in_bed' }))
  );
}
