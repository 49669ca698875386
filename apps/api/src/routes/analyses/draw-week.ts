import { actogramSvg, type SleepWindow } from '@clarity/actigraphy';
import { decodeCounts, type AnalysisInput, type AnalysisResult } from '@clarity/domain';
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
  if (counts === undefined) throw new Error('the counts of an analysis input are not a week');
  return actogramSvg({ counts, from: week.from, sleepWindows: sleepWindows(week, found) });
}

/** The nights that were scored; without scoring, those that the person gave. */
function sleepWindows(week: AnalysisInput, { metrics }: AnalysisResult): SleepWindow[] {
  return (
    metrics.sleep?.nights.map(({ start, end, source }) => ({ start, end, source })) ??
    week.inBed.map(({ start, end }) => ({ start, end, source: 'in_bed' }))
  );
}
