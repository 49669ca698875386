import { trusts, type TrustPolicy } from './trust-policy';

const policy = (sub: string | string[]): TrustPolicy => ({
  Statement: [
    {
      Effect: 'Allow',
      Action: 'sts:AssumeRoleWithWebIdentity',
      Principal: {
        Federated: 'arn:aws:iam::1:oidc-provider/token.actions.githubusercontent.com',
      },
      Condition: {
        StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' },
        StringLike: { 'token.actions.githubusercontent.com:sub': sub },
      },
    },
  ],
});
const claims = (sub: string) => ({ aud: 'sts.amazonaws.com', sub });

test('an identity that the role names is let in, and no other', () => {
  const role = policy(['repo:a/b:environment:prod', 'repo:a/b:environment:prod-approval']);
  expect(trusts(role, claims('repo:a/b:environment:prod'))).toBe(true);
  expect(trusts(role, claims('repo:a/b:pull_request'))).toBe(false);
  expect(trusts(role, { ...claims('repo:a/b:environment:prod'), aud: 'other' })).toBe(false);
});

test('a dot in a name is not a wildcard', () => {
  expect(trusts(policy('repo:a/b.c:*'), claims('repo:a/bxc:pull_request'))).toBe(false);
  expect(trusts(policy('repo:a/b.c:*'), claims('repo:a/b.c:pull_request'))).toBe(true);
});
