/** Every user pool of ours asks for at least this (infra/src/constructs/identity/user-pool.ts). */
const minimumLength = 12;
const required = [/[a-z]/, /[A-Z]/, /[0-9]/];

/**
 * Whether Cognito can accept the password at all. It is checked before Cognito is asked: nothing
 * documents whether SignUp looks at the password or at the address first, and if the address came first,
 * a weak password would tell which addresses are taken.
 */
export function meetsPasswordPolicy(password: string): boolean {
  return password.length >= minimumLength && required.every((kind) => kind.test(password));
}
