/** IAM conditions: operator → key → value. */
export type Conditions = Readonly<
  Record<string, Readonly<Record<string, string | readonly string[]>>>
>;

export interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: '*' | Readonly<Record<string, string | readonly string[]>>;
  readonly Action: string | readonly string[];
  /** Absent only in trust policies. */
  readonly Resource?: string | readonly string[];
  readonly Condition?: Conditions;
}

/**
 * A policy as JSON text, instead of Terraform's data source: nothing to read at plan time, and the
 * synthesised stack shows the policy itself.
 */
export const policyDocument = (statements: readonly Statement[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

/** Denies requests without TLS; every bucket, queue and topic has it. */
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

/** Allows an AWS service to assume a role. */
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
