import type { AnalysisFailure } from '@clarity/domain';
import { ValidationError } from '@clarity/schema';
import { UnanswerableWeek } from '../inference/judged-inference';

/**
 * Judges what went wrong between reading a week and having its findings.
 * @returns the failure that ends it, or undefined if it may work another time
 */
export function judgeFailure(error: unknown): AnalysisFailure | undefined {
  if (error instanceof ValidationError) return { code: error.kind, detail: describe(error) };
  if (error instanceof UnanswerableWeek) return { code: 'model-error', detail: error.message };
  return undefined;
}

function describe({ message, fields }: ValidationError): string {
  const places = fields.slice(0, 5).map(({ pointer, detail }) => `${pointer || '/'} ${detail}`);
  return places.length === 0 ? message : `${message} ${places.join('; ')}.`;
}
