import { Construct } from 'constructs';
import {
  CognitoRiskConfiguration,
  CognitoUserGroup,
  CognitoUserPool,
  CognitoUserPoolClient,
} from '../../aws';

export interface UserPoolProps {
  readonly name: string;
  /** Sender of confirmation codes; the identity is one of SES. */
  readonly email:
    | { readonly kind: 'cognito' }
    | { readonly kind: 'ses'; readonly identityArn: string; readonly from: string };
  readonly mfa: 'OFF' | 'OPTIONAL' | 'ON';
  readonly passwordMinimumLength: number;
  /** Number of previous passwords that cannot be reused. */
  readonly passwordHistory: number;
  /** For risky sign-ins and leaked passwords; AUDIT only logs them. */
  readonly threatProtection: 'OFF' | 'AUDIT' | 'ENFORCED';
  readonly accessTokenMinutes: number;
  readonly refreshTokenDays: number;
  /** Name → description, in order of precedence. */
  readonly groups: Readonly<Record<string, string>>;
  readonly deletionProtection: boolean;
  readonly preventDestroy: boolean;
}

/**
 * What enforced threat protection does. It takes no action on risky sign-ins, because that would require a
 * sender address for e-mails to the user.
 */
function blockLeakedPasswords(scope: Construct, userPoolId: string): void {
  new CognitoRiskConfiguration(scope, 'risk', {
    userPoolId,
    compromisedCredentialsRiskConfiguration: {
      eventFilter: ['PASSWORD_CHANGE', 'SIGN_IN', 'SIGN_UP'],
      actions: { eventAction: 'BLOCK' },
    },
  });
}

/** Users by e-mail address, and the public client (no secret) with which the API signs them in. */
export class UserPool extends Construct {
  readonly id: string;
  readonly arn: string;
  readonly clientId: string;

  constructor(scope: Construct, id: string, props: UserPoolProps) {
    super(scope, id);
    const pool = new CognitoUserPool(this, 'pool', {
      name: props.name,
      usernameAttributes: ['email'],
      usernameConfiguration: { caseSensitive: false },
      autoVerifiedAttributes: ['email'],
      // Threat protection requires Plus, password history requires Essentials or Plus.
      userPoolTier: props.threatProtection === 'OFF' ? 'ESSENTIALS' : 'PLUS',
      userPoolAddOns: { advancedSecurityMode: props.threatProtection },
      ...(props.email.kind === 'ses'
        ? {
            emailConfiguration: {
              emailSendingAccount: 'DEVELOPER',
              sourceArn: props.email.identityArn,
              fromEmailAddress: props.email.from,
            },
          }
        : {}),
      mfaConfiguration: props.mfa,
      ...(props.mfa === 'OFF' ? {} : { softwareTokenMfaConfiguration: { enabled: true } }),
      passwordPolicy: {
        minimumLength: props.passwordMinimumLength,
        requireLowercase: true,
        requireUppercase: true,
        requireNumbers: true,
        requireSymbols: false,
        temporaryPasswordValidityDays: 1,
        ...(props.passwordHistory > 0 ? { passwordHistorySize: props.passwordHistory } : {}),
      },
      accountRecoverySetting: {
        recoveryMechanism: [{ name: 'verified_email', priority: 1 }],
      },
      adminCreateUserConfig: { allowAdminCreateUserOnly: false },
      deletionProtection: props.deletionProtection ? 'ACTIVE' : 'INACTIVE',
      lifecycle: { preventDestroy: props.preventDestroy },
    });
    const client = new CognitoUserPoolClient(this, 'client', {
      name: `${props.name}-api`,
      userPoolId: pool.id,
      generateSecret: false,
      explicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      // An unknown address gets the same response as a wrong password.
      preventUserExistenceErrors: 'ENABLED',
      enableTokenRevocation: true,
      accessTokenValidity: props.accessTokenMinutes,
      idTokenValidity: props.accessTokenMinutes,
      refreshTokenValidity: props.refreshTokenDays,
      tokenValidityUnits: [{ accessToken: 'minutes', idToken: 'minutes', refreshToken: 'days' }],
    });
    if (props.threatProtection !== 'OFF') blockLeakedPasswords(this, pool.id);
    Object.entries(props.groups).forEach(([name, description], precedence) => {
      new CognitoUserGroup(this, `group-${name}`, {
        userPoolId: pool.id,
        name,
        description,
        precedence,
      });
    });
    this.id = pool.id;
    this.arn = pool.arn;
    this.clientId = client.id;
  }
}
