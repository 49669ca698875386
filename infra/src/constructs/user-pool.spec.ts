import { all, only, synthesise } from '../../test/synthesise';
import { UserPool } from './user-pool';

const stack = synthesise((scope) => {
  new UserPool(scope, 'users', {
    name: 'clarity-test-users',
    mfa: 'OPTIONAL',
    passwordMinimumLength: 12,
    accessTokenMinutes: 30,
    refreshTokenDays: 30,
    groups: { operators: 'Staff', members: 'Users' },
    deletionProtection: true,
    preventDestroy: true,
  });
});

describe('UserPool', () => {
  it('knows people by mail address, any case, with an optional second factor', () => {
    expect(only(stack, 'aws_cognito_user_pool')).toMatchObject({
      username_attributes: ['email'],
      username_configuration: { case_sensitive: false },
      mfa_configuration: 'OPTIONAL',
      software_token_mfa_configuration: { enabled: true },
      password_policy: { minimum_length: 12 },
      deletion_protection: 'ACTIVE',
    });
  });

  it('has a client without a secret that does not tell who has an account', () => {
    expect(only(stack, 'aws_cognito_user_pool_client')).toMatchObject({
      generate_secret: false,
      prevent_user_existence_errors: 'ENABLED',
      enable_token_revocation: true,
      explicit_auth_flows: [
        'ALLOW_USER_PASSWORD_AUTH',
        'ALLOW_USER_SRP_AUTH',
        'ALLOW_REFRESH_TOKEN_AUTH',
      ],
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
