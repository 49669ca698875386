import { analysisInputSchema, analysisResultSchema } from '@clarity/domain';
import { jsonParser, stored } from '@clarity/schema';

/** Documents that a worker or this service wrote, no client. */
export const parseInput = stored(jsonParser('analysis input', analysisInputSchema));
export const parseResult = stored(jsonParser('analysis result', analysisResultSchema));
