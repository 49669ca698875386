import type { Account, Environment } from '../environments/schema';
import { pullGrants } from './container-grants';
import { deployRoleArn } from './deploy-role-arn';
import type { Grant } from './least-privilege-policy';
import { policyDocument } from './policy-document';

export const promotionRole = 'clarity-github-promotion';

const roleArn = (accountId: string) => `arn:aws:iam::${accountId}:role/${promotionRole}`;

/** Where the pipeline reads which release is current one environment before; a role only in another account. */
export function previousRelease({ previous, account }: Environment) {
  if (!previous) return undefined;
  const isElsewhere = previous.account !== account.id;
  return {
    environment: previous.environment,
    ...(isElsewhere ? { role: roleArn(previous.account) } : {}),
  };
}

/**
 * Trust in the deploy role of another account. The principal is the account and not the role, which IAM would
 * have to find when it stores the policy: the accounts can then be bootstrapped in any order.
 */
export function promotionTrust(accountId: string): string {
  return policyDocument([
    {
      Sid: 'DeploysOfTheNextEnvironment',
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${accountId}:root` },
      Action: 'sts:AssumeRole',
      Condition: {
        ArnEquals: { 'aws:PrincipalArn': deployRoleArn(accountId) },
      },
    },
  ]);
}

/** Reads which release is current in this account's environments, and copies its images. */
export function promotionGrants(
  { id, region, github }: Account,
  repositoryArns: readonly string[],
): readonly Grant[] {
  return [
    {
      sid: 'ReadReleases',
      actions: ['ssm:GetParameter'],
      resources: github.environments.map(
        (name) => `arn:aws:ssm:${region}:${id}:parameter/clarity/${name}/release`,
      ),
    },
    ...pullGrants(...repositoryArns),
  ];
}

/** For a deploy role: to read what runs in the environment before, which may be in another account. */
export function previousReleaseGrants({ promotion }: Account): readonly Grant[] {
  return promotion.from === undefined
    ? []
    : [
        {
          sid: 'ReadPreviousEnvironment',
          actions: ['sts:AssumeRole'],
          resources: [roleArn(promotion.from)],
        },
      ];
}
