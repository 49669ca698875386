import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import {
  analysisFailureSchema,
  analysisStatusSchema,
  objectRefSchema,
  parseAnalysisId,
  parseUserId,
  type Analysis,
  type AnalysisOutcome,
  type AnalysisStatus,
} from '@clarity/domain';
import { parser, stored } from '@clarity/schema';
import Type from 'typebox';
import { analysisKey, analysisPrefix, userKey } from './keys';

type Item = Record<string, AttributeValue>;
type Texts = Readonly<Record<string, string>>;

const readItem = parser(
  'stored analysis',
  Type.Object({
    id: Type.String(),
    userId: Type.String(),
    from: Type.String(),
    timeZone: Type.String(),
    status: analysisStatusSchema,
    input: objectRefSchema,
    model: Type.String(),
    requestedAt: Type.String(),
    endedAt: Type.Optional(Type.String()),
    result: Type.Optional(objectRefSchema),
    failure: Type.Optional(analysisFailureSchema),
  }),
);

/** Of GSI1, which has the analyses by status. */
export function statusKey(status: AnalysisStatus): string {
  return analysisPrefix + status;
}

/** Text attributes as they are, objects of texts as maps; the sort key of GSI1 orders by request. */
export function analysisItem(analysis: Analysis): Item {
  return {
    pk: { S: userKey(analysis.userId) },
    sk: { S: analysisKey(analysis.id) },
    gsi1pk: { S: statusKey(analysis.status) },
    gsi1sk: { S: analysis.requestedAt },
    ...attributesOf({ ...analysis }),
  };
}

/** Names and values of the attributes that an outcome sets. */
export function outcomeAttributes(outcome: AnalysisOutcome): Item {
  return { gsi1pk: { S: statusKey(outcome.status) }, ...attributesOf({ ...outcome }) };
}

/** @throws Error for an item that is not an analysis */
export const analysisOf = stored((item: Item): Analysis => {
  const plain = Object.fromEntries(
    Object.entries(item).map(([name, value]) => [name, value.M ? textsOf(value.M) : value.S]),
  );
  const { id: rawId, userId: rawUserId, endedAt, result, failure, ...rest } = readItem(plain);
  const [id, userId] = [parseAnalysisId(rawId), parseUserId(rawUserId)];
  if (!id || !userId) throw new Error('The stored analysis has ids that are malformed.');
  return {
    id,
    userId,
    from: rest.from,
    timeZone: rest.timeZone,
    status: rest.status,
    input: rest.input,
    model: rest.model,
    requestedAt: rest.requestedAt,
    ...(endedAt !== undefined && { endedAt }),
    ...(result && { result }),
    ...(failure && { failure }),
  };
});

function attributesOf(fields: Readonly<Record<string, string | object>>): Item {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'string' ? { S: value } : { M: mapOf({ ...value }) },
    ]),
  );
}

function mapOf(texts: Texts): Item {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, { S: text }]));
}

function textsOf(map: Item): Texts {
  return Object.fromEntries(Object.entries(map).map(([name, { S = '' }]) => [name, S]));
}
