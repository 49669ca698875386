/** A policy as it is evaluated. */
export interface NamedPolicy {
  readonly name: string;
  readonly statements: readonly PolicyStatement[];
}

/** Exactly one of `actions` and `notActions` is set; likewise resources; principals only in resource policies. */
export interface PolicyStatement {
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny';
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  /** Neither this nor `notResources` is set in a trust policy. */
  readonly resources?: readonly string[];
  readonly notResources?: readonly string[];
  readonly principals?: PrincipalElement;
  readonly notPrincipals?: PrincipalElement;
  readonly conditions: readonly Condition[];
}

/** Kind (`AWS`, `Service`, `Federated`) → names; `*` is `{AWS: ['*']}`. */
export type PrincipalElement = Readonly<Record<string, readonly string[]>>;

export interface Condition {
  /** Without qualifier and `IfExists`, e.g. `StringLike`. */
  readonly operator: string;
  readonly qualifier?: 'ForAllValues' | 'ForAnyValue';
  readonly ifExists: boolean;
  /** In lower case: condition keys do not distinguish case. */
  readonly key: string;
  readonly values: readonly string[];
}

/** What is asked for: https://docs.aws.amazon.com/IAM/latest/UserGuide/intro-structure.html#intro-structure-request */
export interface AccessRequest {
  /** `s3:GetObject`. */
  readonly action: string;
  /** An ARN, or `*` for an action without a resource. */
  readonly resource: string;
  /** Condition keys in lower case. */
  readonly context: ReadonlyMap<string, readonly string[]>;
}
