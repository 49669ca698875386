import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import {
  analysisFailureSchema,
  analysisStatusSchema,
  objectRefSchema,
  parseAnalysisId,
  parseUserId,
  type Analysis,
  type AnalysisName,
  type AnalysisOutcome,
  type AnalysisStatus,
} from '@clarity/domain';
import { parser, stored } from '@clarity/schema';
import Type from 'typebox';
import { analysisKey, analysisPrefix, userKey } from './keys';

type Item = Record<string, AttributeValue>;
type Texts = Readonly<Record<string, string>>;

/** Open, as all of a stored analysis: after a rollback an earlier release reads what a later one wrote. */
const openRef = Type.Object(objectRefSchema.properties);
const name = { id: Type.String(), userId: Type.String() };
const readName = parser('name of a stored analysis', Type.Object(name));
const readItem = parser(
  'stored analysis',
  Type.Object({
    ...name,
    from: Type.String(),
    timeZone: Type.String(),
    status: analysisStatusSchema,
    input: openRef,
    model: Type.String(),
    requestedAt: Type.String(),
    endedAt: Type.Optional(Type.String()),
    result: Type.Optional(openRef),
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
  const { endedAt, result, failure, ...rest } = readItem(plainOf(item));
  return {
    ...analysisName(rest),
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

/**
 * Reads no more than the name, so that no content of an item stops the upkeep of others.
 * @throws Error for an item that is not an analysis
 */
export const analysisNameOf = stored((item: Item) => analysisName(readName(plainOf(item))));

function analysisName(raw: { readonly id: string; readonly userId: string }): AnalysisName {
  const [id, userId] = [parseAnalysisId(raw.id), parseUserId(raw.userId)];
  if (!id || !userId) throw new Error('The stored analysis has ids that are malformed.');
  return { id, userId };
}

function plainOf(item: Item): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(item).map(([name, value]) => [name, value.M ? textsOf(value.M) : value.S]),
  );
}

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
