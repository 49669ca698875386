const issuer = 'token.actions.githubusercontent.com';

type Texts = string | readonly string[];

export interface TrustPolicy {
  readonly Statement: readonly {
    readonly Effect: string;
    readonly Action: Texts;
    readonly Principal: { readonly Federated?: Texts };
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, Texts>>>>;
  }[];
}

const list = (texts: Texts | undefined): readonly string[] =>
  texts === undefined ? [] : typeof texts === 'string' ? [texts] : texts;

/**
 * Whether a role lets an identity of GitHub in.
 * @param claims of the token: `aud`, `sub` and so on
 * @throws Error for a condition operator that is not judged here
 */
export function trusts(policy: TrustPolicy, claims: Readonly<Record<string, string>>): boolean {
  return policy.Statement.some(
    ({ Effect, Action, Principal, Condition = {} }) =>
      Effect === 'Allow' &&
      list(Action).includes('sts:AssumeRoleWithWebIdentity') &&
      list(Principal.Federated).some((provider) => provider.endsWith(issuer)) &&
      Object.entries(Condition).every(([operator, keys]) =>
        Object.entries(keys).every(([key, wanted]) =>
          list(wanted).some((pattern) => fits(operator, pattern, claims[claimOf(key)])),
        ),
      ),
  );
}

const claimOf = (key: string) => key.slice(key.lastIndexOf(':') + 1);

function fits(operator: string, pattern: string, value: string | undefined): boolean {
  if (value === undefined) return false;
  if (operator === 'StringEquals') return value === pattern;
  if (operator !== 'StringLike') throw new Error(`The condition ${operator} is not judged here.`);
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(value);
}
