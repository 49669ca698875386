import { createHash } from 'node:crypto';
import { analysisInputSchema, DomainError, jsonParser, type Analysis } from '@clarity/domain';
import { weekInput, type WeekInput } from '../weeks/week-input';

const parseDocument = jsonParser('analysis input', analysisInputSchema);

/**
 * Reads the stored input of an analysis, trusting nothing of it.
 * @throws DomainError `invalid-input` that says why it cannot be analysed
 */
export function readWeekInput(bytes: Uint8Array, analysis: Analysis): WeekInput {
  if (createHash('sha256').update(bytes).digest('hex') !== analysis.input.sha256)
    throw new DomainError(
      'invalid-input',
      'The stored input is not what was asked to be analysed.',
    );
  const input = parseDocument(Buffer.from(bytes).toString('utf8'));
  if (
    input.analysisId !== analysis.id ||
    input.from !== analysis.from ||
    input.timeZone !== analysis.timeZone
  )
    throw new DomainError('invalid-input', 'The stored input belongs to another analysis.');
  return weekInput(input);
}
