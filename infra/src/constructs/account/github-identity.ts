import { Construct } from 'constructs';
import { IamOpenidConnectProvider } from '../../aws';
import { policyDocument } from '../../permissions/policy-document';

const issuer = 'token.actions.githubusercontent.com';

/** GitHub Actions as an identity provider: jobs get temporary credentials instead of stored keys. */
export class GithubIdentity extends Construct {
  private readonly providerArn: string;

  constructor(
    scope: Construct,
    id: string,
    provider: { readonly kind: 'own' } | { readonly kind: 'existing'; readonly arn: string },
  ) {
    super(scope, id);
    this.providerArn = provider.kind === 'existing' ? provider.arn : this.create();
  }

  private create(): string {
    const provider = new IamOpenidConnectProvider(this, 'provider', {
      url: `https://${issuer}`,
      clientIdList: ['sts.amazonaws.com'],
      // No thumbprint list: IAM fills it in, and an empty list would show as a change in every plan.
    });
    return provider.arn;
  }

  /**
   * The trust policy for jobs whose `sub` is exactly one of these.
   * @param subjects without wildcards, e.g. `repo:…:environment:prod`
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
