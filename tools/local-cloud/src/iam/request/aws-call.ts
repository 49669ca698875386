import type { S3Request } from './s3-request';

/** A request to AWS as far as its permissions depend on it. */
export interface AwsCall {
  /** Prefix of the service's IAM actions, e.g. `cloudwatch`. */
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  readonly account: string;
  /** Of body, path and query. */
  readonly parameters: Parameters;
  /** Role ARNs of the task definition that the call names. */
  readonly taskRoles?: readonly string[];
  /** ARN of the permissions boundary of the role that a call of IAM names. */
  readonly roleBoundary?: string;
  /** Name of the partition key of the table that a call of DynamoDB names. */
  readonly partitionKey?: string;
  /** ARN of the key that a call of KMS names by an alias. */
  readonly keyArn?: string;
  /** A request of S3, which is not described by operation and parameters. */
  readonly s3?: S3Request;
}

/** An action that a call needs, with the parameters that name its resource. */
export interface NeededAction {
  readonly action: string;
  readonly parameters: Parameters;
}

export type Parameters = Readonly<Record<string, unknown>>;

/** The texts that a parameter has: itself, or the texts of its list. Names are compared without case. */
export function textsOf(parameters: Parameters, ...names: readonly string[]): readonly string[] {
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  return Object.entries(parameters).flatMap(([name, value]) =>
    wanted.has(name.toLowerCase()) ? [value].flat().filter((each) => typeof each === 'string') : [],
  );
}

/** Every text below a value, with the name of the parameter that has it. */
export function allTexts(value: unknown, name = ''): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[name, value]];
  if (Array.isArray(value)) return value.flatMap((each) => allTexts(each, name));
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, each]) => allTexts(each, key))
    : [];
}
