import { Construct } from 'constructs';
import { IamOpenidConnectProvider } from '../../aws';
import { policyDocument } from '../../permissions/policy-document';

const issuer = 'token.actions.githubusercontent.com';

/** GitHub Actions as an identity provider: its jobs get credentials for an hour, and no key to keep. */
export class GithubIdentity extends Construct {
  private readonly providerArn: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const provider = new IamOpenidConnectProvider(this, 'provider', {
      url: `https://${issuer}`,
      clientIdList: ['sts.amazonaws.com'],
      // AWS trusts GitHub by its certificate authority; a thumbprint would only go stale.
      thumbprintList: [],
    });
    this.providerArn = provider.arn;
  }

  /**
   * Lets in the jobs whose `sub` is exactly one of these.
   * @param subjects without a wildcard: `repo:…:environment:prod`
   */
  trust(subjects: readonly string[]): string {
    return policyDocument([
      {
        Sid: 'GithubActions',
        Effect: 'Allow',
        Principal: { Federated: this.providerArn },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: { [`${issuer}:aud`]: 'sts.amazonaws.com', [`${issuer}:sub`]: subjects },
        },
      },
    ]);
  }
}
