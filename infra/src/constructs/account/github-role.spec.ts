import fc from 'fast-check';
import { all, only, synthesise } from '../../../test/synthesise';
import { GithubIdentity } from './github-identity';
import { GithubRole, packed } from './github-role';
import { leastPrivilegePolicy } from '../../permissions/least-privilege-policy';

const grant = (sid: string, length: number) => ({
  sid,
  actions: ['s3:GetObject'],
  resources: [`arn:aws:s3:::${'x'.repeat(length)}`],
});

const stack = synthesise((scope) => {
  const identity = new GithubIdentity(scope, 'github', { kind: 'own' });
  new GithubRole(scope, 'plan', {
    name: 'clarity-github-plan',
    description: 'Plans',
    trust: identity.trust(['repo:a/b:pull_request', 'repo:a/b:ref:refs/heads/main']),
    grants: [grant('One', 4000), grant('Two', 4000)],
    maxSessionSeconds: 3600,
  });
});

describe('GithubIdentity', () => {
  it('trusts an existing provider without creating one', () => {
    const arn = 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com';
    const existing = synthesise((scope) => {
      const identity = new GithubIdentity(scope, 'github', { kind: 'existing', arn });
      expect(identity.trust(['repo:a/b:pull_request'])).toContain(`"Federated":"${arn}"`);
    });
    expect(existing).not.toHaveProperty('resource');
  });

  it('sets no thumbprints: IAM fills them in, and any list would show as a change', () => {
    expect(only(stack, 'aws_iam_openid_connect_provider')).not.toHaveProperty('thumbprint_list');
  });
});

describe('GithubRole', () => {
  it('trusts only the named jobs, with a token issued for AWS', () => {
    const policy = JSON.parse(String(only(stack, 'aws_iam_role')['assume_role_policy'])) as object;
    expect(policy).toMatchObject({
      Statement: [
        {
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: {
            StringEquals: {
              'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
              'token.actions.githubusercontent.com:sub': [
                'repo:a/b:pull_request',
                'repo:a/b:ref:refs/heads/main',
              ],
            },
          },
        },
      ],
    });
  });

  it('spreads grants that do not fit into one policy', () => {
    expect(Object.keys(all(stack, 'aws_iam_policy'))).toHaveLength(2);
    expect(Object.keys(all(stack, 'aws_iam_role_policy_attachment'))).toHaveLength(2);
  });

  it('keeps every grant, in order, in policies within IAM’s size limit', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5000 }), { maxLength: 9 }), (lengths) => {
        const grants = lengths.map((length, index) => grant(`G${index}`, length));
        const policies = packed(grants);
        expect(policies.flat()).toEqual(grants);
        for (const policy of policies)
          expect(leastPrivilegePolicy(policy).length).toBeLessThanOrEqual(6144);
      }),
    );
  });

  it('counts the ARNs that Terraform fills in, not the references to them', () => {
    const key = '${aws_kms_key.state.arn}';
    const grants = [grant('Long', 5900), { ...grant('Key', 1), resources: [key, key] }];
    expect(packed(grants)).toHaveLength(2);
  });

  it('rejects a grant that exceeds a policy', () => {
    expect(() => packed([grant('Huge', 7000)])).toThrow('Huge exceeds');
  });
});
