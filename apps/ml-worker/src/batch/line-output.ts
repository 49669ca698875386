import { type AnalysisFailure } from '@clarity/domain';
import { jsonParser, ValidationError } from '@clarity/schema';
import Type, { type Static } from 'typebox';
import { weekAnswerSchema } from '../weeks/week-answer';

const closed = { additionalProperties: false };
const input = Type.String();

/** What a line of a manifest ends as; written once. */
export const lineOutputSchema = Type.Union([
  Type.Object(
    {
      schema: Type.Literal(1),
      status: Type.Literal('completed'),
      input,
      result: weekAnswerSchema,
    },
    closed,
  ),
  Type.Object(
    {
      schema: Type.Literal(1),
      status: Type.Literal('failed'),
      input,
      failure: Type.Object({ code: Type.String(), detail: Type.String() }, closed),
    },
    closed,
  ),
]);
export type LineOutput = Static<typeof lineOutputSchema>;

const parseOutput = jsonParser('output', lineOutputSchema);

export function failedOutput(key: string, failure: AnalysisFailure): LineOutput {
  return { schema: 1, status: 'failed', input: key, failure: { ...failure } };
}

/** @returns how a line ended before, or undefined if the object is not the output of this input */
export function earlierStatus(
  bytes: Uint8Array,
  inputKey: string,
): LineOutput['status'] | undefined {
  try {
    const output = parseOutput(Buffer.from(bytes).toString('utf8'));
    return output.input === inputKey ? output.status : undefined;
  } catch (error) {
    if (error instanceof ValidationError) return undefined;
    throw error;
  }
}
