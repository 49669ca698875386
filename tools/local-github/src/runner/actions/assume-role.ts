export interface WebIdentity {
  readonly endpoint: string;
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
  /** Id of the role's account. */
  readonly account: string;
}

/**
 * STS's AssumeRoleWithWebIdentity, which compares the token with the role's trust policy.
 * @throws Error in STS's words
 */
export async function assumeRole(identity: WebIdentity): Promise<Credentials> {
  const { endpoint, role, token, session } = identity;
  const response = await fetch(endpoint, {
    method: 'POST',
    // The token is the only credential: the call is not signed.
    body: new URLSearchParams({
      Action: 'AssumeRoleWithWebIdentity',
      Version: '2011-06-15',
      RoleArn: role,
      RoleSessionName: session,
      WebIdentityToken: token,
    }),
  });
  const answer = await response.text();
  if (!response.ok)
    throw new Error(`Could not assume role with OIDC: ${tag(answer, 'Message') ?? answer}`);
  return {
    accessKeyId: tag(answer, 'AccessKeyId') ?? '',
    secretAccessKey: tag(answer, 'SecretAccessKey') ?? '',
    sessionToken: tag(answer, 'SessionToken') ?? '',
    account: tag(answer, 'Arn')?.split(':')[4] ?? '',
  };
}

function tag(xml: string, name: string): string | undefined {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
}
