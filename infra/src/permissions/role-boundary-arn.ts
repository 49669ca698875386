export const roleBoundaryName = 'clarity-role-boundary';

/**
 * The ARN by name, so that no stack waits for the account's stack: the bootstrap has already applied
 * that one.
 */
export const roleBoundaryArn = (account: { readonly id: string }) =>
  `arn:aws:iam::${account.id}:policy/${roleBoundaryName}`;
