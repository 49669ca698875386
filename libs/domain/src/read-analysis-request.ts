import { jsonParser, ValidationError } from '@clarity/schema';
import Type from 'typebox';
import { analysisRequestedSchema, type AnalysisRequested } from './analysis-documents';
import { parseAnalysisId, parseUserId, type AnalysisId, type UserId } from './ids';

const parseRequest = jsonParser('queue message', analysisRequestedSchema);
const parseNewer = jsonParser(
  'queue message',
  Type.Object({
    schema: Type.Integer({ minimum: analysisRequestedSchema.properties.schema.const + 1 }),
  }),
);

interface ReadRequest {
  readonly kind: 'request';
  readonly message: AnalysisRequested;
  readonly userId: UserId;
  readonly analysisId: AnalysisId;
}
/**
 * - `newer`: of a release after this one, which can read it
 * - `unreadable`: no release can
 */
export type AnalysisRequestReading =
  | ReadRequest
  | { readonly kind: 'newer'; readonly reason: string }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** Reads a message of the queue of analysis jobs, trusting nothing of it. Fields that it does not know do not matter. */
export function readAnalysisRequest(body: string): AnalysisRequestReading {
  let message: AnalysisRequested;
  try {
    message = parseRequest(body);
  } catch (error) {
    return isNewer(body)
      ? { kind: 'newer', reason: 'The queue message is of a newer release.' }
      : { kind: 'unreadable', reason: reasonOf(error) };
  }
  const userId = parseUserId(message.userId);
  const analysisId = parseAnalysisId(message.analysisId);
  return userId === undefined || analysisId === undefined
    ? { kind: 'unreadable', reason: 'The queue message names no user or no analysis.' }
    : { kind: 'request', message, userId, analysisId };
}

function isNewer(body: string): boolean {
  try {
    parseNewer(body);
    return true;
  } catch {
    return false;
  }
}

function reasonOf(error: unknown): string {
  const fields = error instanceof ValidationError ? error.fields : [];
  const places = fields.map(({ pointer, detail }) => `${pointer || '/'} ${detail}`);
  return [(error as Error).message, ...places].join(' ');
}
