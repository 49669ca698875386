import { analysisInputSchema, type Analysis } from '@clarity/domain';
import { jsonParser, sha256Of, ValidationError } from '@clarity/schema';
import { weekInput, type WeekInput } from '../weeks/week-input';

const parseDocument = jsonParser('analysis input', analysisInputSchema);

/**
 * Reads the stored input of an analysis, trusting nothing of it.
 * @throws ValidationError with the reason why it cannot be analysed
 */
export function readWeekInput(bytes: Uint8Array, analysis: Analysis): WeekInput {
  if (sha256Of(bytes) !== analysis.input.sha256)
    throw new ValidationError('The stored input is not what was asked to be analysed.');
  const input = parseDocument(Buffer.from(bytes).toString('utf8'));
  if (
    input.analysisId !== analysis.id ||
    input.from !== analysis.from ||
    input.timeZone !== analysis.timeZone
  )
    throw new ValidationError('The stored input belongs to another analysis.');
  return weekInput(input);
}
