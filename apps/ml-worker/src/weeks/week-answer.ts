import { analysisResultSchema, type InferenceProvider } from '@clarity/domain';
import { parser } from '@clarity/schema';
import Type, { type Static } from 'typebox';
import { weekFindings } from './week-findings';
import type { WeekRequest } from './week-request';

/** The result of an analysis without its id. */
export const weekAnswerSchema = Type.Omit(analysisResultSchema, ['analysisId'], {
  additionalProperties: false,
});
export type WeekAnswer = Static<typeof weekAnswerSchema>;

const parseAnswer = parser('answer', weekAnswerSchema);

/**
 * @throws ValidationError if the counts cannot be embedded, or a number came out that JSON
 *   cannot say; the errors of the model
 */
export async function answerWeek(
  { from, timeZone, week }: WeekRequest,
  inference: InferenceProvider,
): Promise<WeekAnswer> {
  return parseAnswer({ schema: 1, from, timeZone, ...(await weekFindings(week, inference)) });
}
