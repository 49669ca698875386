import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import type { AuthProvider, DomainError } from '@clarity/domain';
import { jsonError, withScriptedAws, type ScriptedAnswer } from '../../test/scripted-aws';
import { cognitoAuthProvider } from './cognito-auth-provider';

const email = 'someone@example.org';
const password = 'Correct-Horse-7-Battery';
const calls = {
  register: (auth) => auth.register({ email, password }),
  confirm: (auth) => auth.confirm({ email, code: '123456' }),
  login: (auth) => auth.login({ email, password }),
  refresh: (auth) => auth.refresh('a-refresh-token'),
} satisfies Record<string, (auth: AuthProvider) => Promise<unknown>>;

async function failure(call: keyof typeof calls, answer: ScriptedAnswer): Promise<DomainError> {
  return withScriptedAws([answer], async (endpoint) =>
    calls[call](providerAt(endpoint)).then(
      () => {
        throw new Error('It was accepted.');
      },
      (error: DomainError) => error,
    ),
  );
}

function providerAt(endpoint: string): AuthProvider {
  const client = new CognitoIdentityProviderClient({
    region: 'us-east-1',
    endpoint,
    maxAttempts: 1,
  });
  const source = { issuer: 'https://issuer', jwksUri: 'https://issuer/jwks', clientId: 'client' };
  return cognitoAuthProvider(client, source);
}

it.each([
  ['register', 'InvalidPasswordException', 'invalid-input'],
  ['register', 'TooManyRequestsException', 'too-many-requests'],
  ['register', 'InternalErrorException', 'unavailable'],
  ['register', 'ResourceNotFoundException', 'unavailable'],
  ['confirm', 'CodeMismatchException', 'invalid-input'],
  ['confirm', 'ExpiredCodeException', 'invalid-input'],
  ['confirm', 'NotAuthorizedException', 'invalid-input'],
  ['confirm', 'TooManyFailedAttemptsException', 'too-many-requests'],
  ['confirm', 'LimitExceededException', 'too-many-requests'],
  ['login', 'NotAuthorizedException', 'unauthenticated'],
  ['login', 'PasswordResetRequiredException', 'unauthenticated'],
  ['login', 'UserNotConfirmedException', 'unconfirmed'],
  ['login', 'TooManyRequestsException', 'too-many-requests'],
  ['login', 'InvalidUserPoolConfigurationException', 'unavailable'],
  ['refresh', 'NotAuthorizedException', 'unauthenticated'],
  ['refresh', 'InternalErrorException', 'unavailable'],
] as const)('%s answered with %s is %s, without what was sent', async (call, name, kind) => {
  const error = await failure(call, jsonError(name, `Password ${password} of ${email}`));
  expect(error.kind).toBe(kind);
  expect(error.message).not.toMatch(/Horse|someone|a-refresh-token/);
});

it.each(['confirm', 'login', 'refresh'] as const)(
  '%s does not tell an account that is missing from a wrong secret',
  async (call) => {
    const wrong = call === 'confirm' ? 'CodeMismatchException' : 'NotAuthorizedException';
    const [missing, refused] = await Promise.all([
      failure(call, jsonError('UserNotFoundException')),
      failure(call, jsonError(wrong)),
    ]);
    expect([missing.kind, missing.message]).toEqual([refused.kind, refused.message]);
  },
);

describe('registering a mail address that is taken', () => {
  const taken = jsonError('UsernameExistsException');
  const delivered = { status: 200, body: '{}' };

  it.each([
    ['whose owner gets a mail', delivered],
    ['that is not confirmed', jsonError('InvalidParameterException')],
    ['whose owner got too many mails', jsonError('LimitExceededException')],
    ['while Cognito fails', jsonError('InternalErrorException')],
  ])('resolves for one %s', async (_, answer) => {
    const asked: string[] = [];
    const record = (body: string) => (asked.push(body), answer);
    await withScriptedAws([taken, record], async (endpoint) => {
      await calls.register(providerAt(endpoint));
    });
    expect(asked.map((body) => JSON.parse(body))).toEqual([
      { ClientId: 'client', Username: email },
    ]);
  });

  it.each(['Short-7', 'no-upper-case-7', 'NO-LOWER-CASE-7', 'No-Digit-At-All'])(
    'refuses the password %s before Cognito can tell',
    async (weak) => {
      await withScriptedAws([taken], async (endpoint, requests) => {
        const attempt = providerAt(endpoint).register({ email, password: weak });
        await expect(attempt).rejects.toMatchObject({
          kind: 'invalid-input',
          message: 'The password does not meet the policy.',
          fields: [{ pointer: '/password' }],
        });
        expect(requests()).toBe(0);
      });
    },
  );
});

it('does not take a challenge for a login', async () => {
  const challenge = { ChallengeName: 'SOFTWARE_TOKEN_MFA', Session: 'x', ChallengeParameters: {} };
  const error = await failure('login', { status: 200, body: JSON.stringify(challenge) });
  expect(error.kind).toBe('unauthenticated');
});
