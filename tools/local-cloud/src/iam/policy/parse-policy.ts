import { jsonParser } from '@clarity/schema';
import Type, { type Static } from 'typebox';
import { conditionOperators } from './condition-operators';
import type { Condition, NamedPolicy, PolicyStatement, PrincipalElement } from './policy';

const Scalar = Type.Union([Type.String(), Type.Boolean(), Type.Number()]);
const OneOrMore = Type.Union([Type.String(), Type.Array(Type.String())]);
const PrincipalJson = Type.Union([Type.Literal('*'), Type.Record(Type.String(), OneOrMore)]);
const StatementJson = Type.Object(
  {
    Sid: Type.Optional(Type.String()),
    Effect: Type.Union([Type.Literal('Allow'), Type.Literal('Deny')]),
    Action: Type.Optional(OneOrMore),
    NotAction: Type.Optional(OneOrMore),
    Resource: Type.Optional(OneOrMore),
    NotResource: Type.Optional(OneOrMore),
    Principal: Type.Optional(PrincipalJson),
    NotPrincipal: Type.Optional(PrincipalJson),
    Condition: Type.Optional(
      Type.Record(
        Type.String(),
        Type.Record(Type.String(), Type.Union([Scalar, Type.Array(Scalar)])),
      ),
    ),
  },
  { additionalProperties: false },
);
type StatementJson = Static<typeof StatementJson>;

const parseDocument = jsonParser(
  'policy',
  Type.Object({
    Version: Type.Optional(Type.String()),
    Id: Type.Optional(Type.String()),
    Statement: Type.Union([StatementJson, Type.Array(StatementJson)]),
  }),
);

/**
 * Reads a policy document: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 * @throws ValidationError if it is not JSON or not a policy
 * @throws Error if it has a condition operator that IAM does not have
 */
export function parsePolicy(name: string, json: string): NamedPolicy {
  const { Statement } = parseDocument(json);
  return { name, statements: listOf(Statement).map(readStatement) };
}

function readStatement(json: StatementJson): PolicyStatement {
  return {
    effect: json.Effect,
    conditions: Object.entries(json.Condition ?? {}).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => readCondition(operator, key, values)),
    ),
    ...(json.Sid !== undefined && { sid: json.Sid }),
    ...(json.Action !== undefined && { actions: listOf(json.Action) }),
    ...(json.NotAction !== undefined && { notActions: listOf(json.NotAction) }),
    ...(json.Resource !== undefined && { resources: listOf(json.Resource) }),
    ...(json.NotResource !== undefined && { notResources: listOf(json.NotResource) }),
    ...(json.Principal !== undefined && { principals: readPrincipals(json.Principal) }),
    ...(json.NotPrincipal !== undefined && { notPrincipals: readPrincipals(json.NotPrincipal) }),
  };
}

const readPrincipals = (json: Static<typeof PrincipalJson>): PrincipalElement =>
  json === '*'
    ? { AWS: ['*'] }
    : Object.fromEntries(Object.entries(json).map(([kind, names]) => [kind, listOf(names)]));

type Scalar = Static<typeof Scalar>;

function readCondition(text: string, key: string, values: Scalar | Scalar[]): Condition {
  const [, qualifier, operator = '', ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(text) ?? [];
  if (operator !== 'Null' && !conditionOperators.has(operator))
    throw new Error(`IAM has no condition operator ${text}`);
  return {
    operator,
    ifExists: ifExists !== undefined,
    key: key.toLowerCase(),
    values: listOf(values).map(String),
    ...(qualifier !== undefined && { qualifier: qualifier as 'ForAllValues' | 'ForAnyValue' }),
  };
}

const listOf = <T>(value: T | readonly T[]): readonly T[] =>
  Array.isArray(value) ? (value as readonly T[]) : [value as T];
