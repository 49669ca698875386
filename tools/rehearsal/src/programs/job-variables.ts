import { AssumeRoleWithWebIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { embeddedAccount, region } from '../clients/embedded-account';

/** A job of GitHub under one of our roles. */
export interface JobIdentity {
  /** What follows `clarity-github-` in the role's name. */
  readonly role: 'plan' | 'deploy' | 'rollback';
  /** Which job it is to the role's trust policy, e.g. `environment:local`. */
  readonly subject: string;
}

const actor = 'ada';

/**
 * The environment variables of a step after aws-actions/configure-aws-credentials.
 * @param endpoint of the embedded AWS
 * @param tokenFor GitHub's OIDC token for a subject
 * @throws STS's error if the role does not trust the subject
 */
export async function jobVariables(
  { role, subject }: JobIdentity,
  endpoint: string,
  tokenFor: (subject: string, actor: string) => Promise<string>,
): Promise<Readonly<Record<string, string>>> {
  const sts = new STSClient({ endpoint, region });
  const { Credentials: given } = await sts.send(
    new AssumeRoleWithWebIdentityCommand({
      RoleArn: `arn:aws:iam::${embeddedAccount}:role/clarity-github-${role}`,
      RoleSessionName: 'GitHubActions',
      WebIdentityToken: await tokenFor(subject, actor),
    }),
  );
  sts.destroy();
  const { AccessKeyId, SecretAccessKey, SessionToken } = given ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken)
    throw new Error(`STS returned no credentials of clarity-github-${role}.`);
  return {
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTOR: actor,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: AccessKeyId,
    AWS_SECRET_ACCESS_KEY: SecretAccessKey,
    AWS_SESSION_TOKEN: SessionToken,
  };
}
