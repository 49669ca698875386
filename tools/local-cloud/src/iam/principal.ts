/** Who makes a call. */
export type Principal =
  /** The static key `test`, and the emulator's own calls: everything is allowed. */
  | { readonly kind: 'administrator' }
  | RoleSession
  /** A caller of AssumeRoleWithWebIdentity. */
  | { readonly kind: 'federated'; /** ARN of the identity provider. */ readonly provider: string }
  /** A caller without a signature. */
  | { readonly kind: 'anonymous' }
  /** A service that assumes a role, e.g. `ecs-tasks.amazonaws.com`. */
  | { readonly kind: 'service'; readonly service: string };

/** A session of a role. */
export interface RoleSession {
  readonly kind: 'role';
  /** `arn:aws:iam::<account>:role/<name>`, with the role's path. */
  readonly arn: string;
  /** `arn:aws:sts::<account>:assumed-role/<name>/<session>`. */
  readonly assumedRoleArn: string;
  readonly sessionName: string;
}

/** The account of an ARN; an empty text if it names none. */
export const accountOf = (arn: string): string => arn.split(':')[4] ?? '';

/** The name of a role, which is unique in the account, with any path. */
export const roleName = (arn: string): string => arn.split('/').pop() ?? '';
