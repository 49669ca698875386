import { actogramSvg, type SleepWindow } from '@clarity/actigraphy';
import {
  analysisInputSchema,
  analysisResultSchema,
  decodeCounts,
  jsonParser,
  type AnalysisInput,
  type AnalysisResult,
} from '@clarity/domain';

const parseInput = jsonParser('analysis input', analysisInputSchema);
const parseResult = jsonParser('analysis result', analysisResultSchema);

/**
 * The picture of an analysed week.
 * @param input the document that was analysed, @param result what was found
 * @returns an SVG document
 * @throws Error where a document is not what it should be; they are ours, not the client's
 */
export function drawWeek(input: Buffer, result: Buffer): string {
  const [week, found] = parseDocuments(input.toString('utf8'), result.toString('utf8'));
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

function parseDocuments(input: string, result: string): [AnalysisInput, AnalysisResult] {
  try {
    return [parseInput(input), parseResult(result)];
  } catch (cause) {
    throw new Error('a stored analysis document is malformed', { cause });
  }
}
