import {
  ConfirmSignUpCommand,
  InitiateAuthCommand,
  SignUpCommand,
  type AuthenticationResultType,
  type CognitoIdentityProviderClient,
  type InitiateAuthCommandOutput,
} from '@aws-sdk/client-cognito-identity-provider';
import { DomainError, parseUserId, type AuthProvider, type Tokens } from '@clarity/domain';
import { abortable } from '../connection/abortable';
import { callAws } from '../connection/aws-errors';
import { accessTokenVerifier, type TokenSource } from './access-token-verifier';
import { confirmErrors, loginErrors, refreshErrors, registerErrors } from './cognito-errors';

const service = 'Cognito';

/**
 * Accounts in a Cognito user pool through a public app client (no secret) that allows
 * USER_PASSWORD_AUTH and REFRESH_TOKEN_AUTH. Needs no AWS permissions.
 */
export function cognitoAuthProvider(
  client: CognitoIdentityProviderClient,
  source: TokenSource,
): AuthProvider {
  const { clientId } = source;
  const verifier = accessTokenVerifier(source);
  return {
    async register({ email, password }, options) {
      const signUp = new SignUpCommand({
        ClientId: clientId,
        Username: email,
        Password: password,
        UserAttributes: [{ Name: 'email', Value: email }],
      });
      const { UserSub } = await callAws(
        service,
        () => client.send(signUp, abortable(options)),
        registerErrors,
      );
      const userId = parseUserId(UserSub ?? '');
      if (!userId) throw new DomainError('unavailable', 'Cognito gave no user id.');
      return { userId };
    },

    async confirm({ email, code }, options) {
      const confirm = new ConfirmSignUpCommand({
        ClientId: clientId,
        Username: email,
        ConfirmationCode: code,
      });
      await callAws(service, () => client.send(confirm, abortable(options)), confirmErrors);
    },

    async login({ email, password }, options) {
      const login = new InitiateAuthCommand({
        ClientId: clientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: email, PASSWORD: password },
      });
      return tokensOf(
        await callAws(service, () => client.send(login, abortable(options)), loginErrors),
      );
    },

    async refresh(refreshToken, options) {
      const refresh = new InitiateAuthCommand({
        ClientId: clientId,
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        AuthParameters: { REFRESH_TOKEN: refreshToken },
      });
      return tokensOf(
        await callAws(service, () => client.send(refresh, abortable(options)), refreshErrors),
      );
    },

    verify: verifier.verify,
    ping: verifier.fetchKeys,
  };
}

/** @throws DomainError `unauthenticated` where Cognito asks for a step that this API does not have */
function tokensOf({ AuthenticationResult }: InitiateAuthCommandOutput): Tokens {
  const { AccessToken, IdToken, RefreshToken, ExpiresIn }: AuthenticationResultType =
    AuthenticationResult ?? {};
  if (!AccessToken || !IdToken)
    throw new DomainError('unauthenticated', 'The account needs a further step to log in.');
  return {
    accessToken: AccessToken,
    idToken: IdToken,
    expiresInSeconds: ExpiresIn ?? 0,
    ...(RefreshToken && { refreshToken: RefreshToken }),
  };
}
