import { DomainError, type AnalysisFailure } from '@clarity/domain';
import { ValidationError } from '@clarity/schema';

/** Attempts after which a week that the model keeps choking on is the week's fault. */
const modelAttempts = 3;

/**
 * Judges what went wrong between reading a week and having its findings.
 * @param attempt which one this was, from 1
 * @returns the failure that ends it, or undefined if it may work on the next attempt
 */
export function judgeFailure(error: unknown, attempt: number): AnalysisFailure | undefined {
  if (error instanceof ValidationError) return { code: error.kind, detail: describe(error) };
  if (error instanceof DomainError) return undefined;
  if (attempt < modelAttempts) return undefined;
  return { code: 'model-error', detail: `The model failed on this week ${attempt} times.` };
}

function describe({ message, fields }: ValidationError): string {
  const places = fields.slice(0, 5).map(({ pointer, detail }) => `${pointer || '/'} ${detail}`);
  return places.length === 0 ? message : `${message} ${places.join('; ')}.`;
}
