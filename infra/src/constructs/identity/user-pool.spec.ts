import { all, only, synthesise } from '../../../test/synthesise';
import { UserPool, type UserPoolProps } from './user-pool';

const pool = (
  threatProtection: UserPoolProps['threatProtection'],
  passwordHistory = 24,
  email: UserPoolProps['email'] = { kind: 'cognito' },
) =>
  synthesise((scope) => {
    new UserPool(scope, 'users', {
      name: 'clarity-test-users',
      email,
      mfa: 'OPTIONAL',
      passwordMinimumLength: 12,
      passwordHistory,
      threatProtection,
      accessTokenMinutes: 30,
      refreshTokenDays: 30,
      groups: { operators: 'Staff', members: 'Users' },
      deletionProtection: true,
      preventDestroy: true,
    });
  });
const stack = pool('ENFORCED');

describe('UserPool', () => {
  it('identifies users by case-insensitive e-mail address, with optional MFA', () => {
    expect(only(stack, 'aws_cognito_user_pool')).toMatchObject({
      username_attributes: ['email'],
      username_configuration: { case_sensitive: false },
      mfa_configuration: 'OPTIONAL',
      software_token_mfa_configuration: { enabled: true },
      password_policy: { minimum_length: 12, password_history_size: 24 },
      deletion_protection: 'ACTIVE',
    });
  });

  it('sends mail through SES, without Cognito’s limit of 50 a day', () => {
    const identityArn = 'arn:aws:ses:us-east-1:123456789012:identity/clarity.org';
    const from = 'no-reply@clarity.org';
    const bySes = pool('OFF', 0, { kind: 'ses', identityArn, from });
    expect(only(bySes, 'aws_cognito_user_pool')['email_configuration']).toEqual({
      email_sending_account: 'DEVELOPER',
      source_arn: identityArn,
      from_email_address: from,
    });
    expect(only(stack, 'aws_cognito_user_pool')).not.toHaveProperty('email_configuration');
  });

  it('blocks leaked passwords, on the Plus plan', () => {
    expect(only(stack, 'aws_cognito_user_pool')).toMatchObject({
      user_pool_tier: 'PLUS',
      user_pool_add_ons: { advanced_security_mode: 'ENFORCED' },
    });
    expect(only(stack, 'aws_cognito_risk_configuration')).toMatchObject({
      compromised_credentials_risk_configuration: {
        event_filter: ['PASSWORD_CHANGE', 'SIGN_IN', 'SIGN_UP'],
        actions: { event_action: 'BLOCK' },
      },
    });
  });

  it('does not use the Plus plan if threat protection is off', () => {
    const plain = pool('OFF', 0);
    expect(only(plain, 'aws_cognito_user_pool')).toMatchObject({
      user_pool_tier: 'ESSENTIALS',
      user_pool_add_ons: { advanced_security_mode: 'OFF' },
    });
    expect(only(plain, 'aws_cognito_user_pool')['password_policy']).not.toHaveProperty(
      'password_history_size',
    );
    expect(plain.resource).not.toHaveProperty('aws_cognito_risk_configuration');
  });

  it('has a public client that does not reveal whether an account exists', () => {
    expect(only(stack, 'aws_cognito_user_pool_client')).toMatchObject({
      generate_secret: false,
      prevent_user_existence_errors: 'ENABLED',
      enable_token_revocation: true,
      explicit_auth_flows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      access_token_validity: 30,
      token_validity_units: [{ access_token: 'minutes', refresh_token: 'days' }],
    });
  });

  it('gives groups their precedence in order', () => {
    const groups = Object.values(all(stack, 'aws_cognito_user_group'));
    const precedences = groups.map(({ name, precedence }) => [name, precedence]);
    expect(Object.fromEntries(precedences)).toEqual({ operators: 0, members: 1 });
  });
});
