import { trusts, type TrustPolicy } from './trust-policy';

export interface WebIdentity {
  readonly endpoint: string;
  readonly region: string;
  /** ARN. */
  readonly role: string;
  /** A JWT of GitHub's. */
  readonly token: string;
  readonly session: string;
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/**
 * STS's AssumeRoleWithWebIdentity. moto gives credentials to everybody, so the role's trust policy is
 * read and judged here, as STS does.
 * @throws Error in STS's words
 */
export async function assumeRole(identity: WebIdentity): Promise<Credentials> {
  const { role, token, session } = identity;
  const name = role.split('/').at(-1) ?? '';
  const description = await ask(identity, 'iam', {
    Action: 'GetRole',
    Version: '2010-05-08',
    RoleName: name,
  });
  const document = tag(description, 'AssumeRolePolicyDocument');
  const policy = document && (JSON.parse(decodeURIComponent(document)) as TrustPolicy);
  if (!policy || !trusts(policy, claimsOf(token)))
    throw new Error(
      'Could not assume role with OIDC: Not authorized to perform sts:AssumeRoleWithWebIdentity',
    );
  const answer = await ask(identity, 'sts', {
    Action: 'AssumeRoleWithWebIdentity',
    Version: '2011-06-15',
    RoleArn: role,
    RoleSessionName: session,
    WebIdentityToken: token,
  });
  return {
    accessKeyId: tag(answer, 'AccessKeyId') ?? '',
    secretAccessKey: tag(answer, 'SecretAccessKey') ?? '',
    sessionToken: tag(answer, 'SessionToken') ?? '',
  };
}

async function ask(
  { endpoint, region }: WebIdentity,
  service: 'iam' | 'sts',
  parameters: Readonly<Record<string, string>>,
): Promise<string> {
  const answer = await fetch(endpoint, {
    method: 'POST',
    body: new URLSearchParams(parameters),
    // moto finds the service by the scope of the signature, and checks no signature.
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`,
    },
  });
  return answer.text();
}

function tag(xml: string, name: string): string | undefined {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
}

function claimsOf(token: string): Readonly<Record<string, string>> {
  const payload = token.split('.')[1] ?? '';
  return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Record<string, string>;
}
