/** Conditions as IAM writes them: operator → key → value. */
export type Conditions = Readonly<
  Record<string, Readonly<Record<string, string | readonly string[]>>>
>;

export interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: '*' | Readonly<Record<string, string | readonly string[]>>;
  readonly Action: string | readonly string[];
  /** Absent in a role's trust policy only. */
  readonly Resource?: string | readonly string[];
  readonly Condition?: Conditions;
}

/**
 * A policy as JSON text. Written out rather than by Terraform's data source: nothing to read at plan
 * time, and a review of the synthesised stack sees the policy itself.
 */
export const policyDocument = (statements: readonly Statement[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

/** Refuses what does not come over TLS; every bucket, queue and topic has it. */
export const denyInsecureTransport = (
  action: string,
  resources: string | readonly string[],
): Statement => ({
  Sid: 'DenyInsecureTransport',
  Effect: 'Deny',
  Principal: '*',
  Action: action,
  Resource: resources,
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
});

/** Lets an AWS service take on a role. */
export const trustPolicy = (service: string, condition?: Conditions): string =>
  policyDocument([
    {
      Sid: 'Assume',
      Effect: 'Allow',
      Principal: { Service: service },
      Action: 'sts:AssumeRole',
      ...(condition ? { Condition: condition } : {}),
    },
  ]);
