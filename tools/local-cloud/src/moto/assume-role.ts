/** Temporary credentials of a role, as STS issues them. */
export interface RoleCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiresAt: Date;
}

/** Issues credentials of a role for a session, with STS's AssumeRole. */
export type AssumeRole = (roleArn: string, sessionName: string) => Promise<RoleCredentials>;

/** AssumeRole of the moto at `endpoint`, as a service of AWS itself: no caller is authenticated. */
export function roleAssumer(endpoint: string): AssumeRole {
  return async (roleArn, sessionName) => {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: {
        authorization:
          'AWS4-HMAC-SHA256 Credential=test/20250101/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=0',
      },
      body: new URLSearchParams({
        Action: 'AssumeRole',
        Version: '2011-06-15',
        RoleArn: roleArn,
        RoleSessionName: sessionName,
      }),
    });
    const text = await response.text();
    const field = (name: string) => {
      const [, value] = new RegExp(`<${name}>([^<]+)</${name}>`).exec(text) ?? [];
      if (value === undefined) throw new Error(`STS issued no ${name} for ${roleArn}: ${text}`);
      return value;
    };
    return {
      accessKeyId: field('AccessKeyId'),
      secretAccessKey: field('SecretAccessKey'),
      sessionToken: field('SessionToken'),
      expiresAt: new Date(field('Expiration')),
    };
  };
}
