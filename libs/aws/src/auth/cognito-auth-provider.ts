import {
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
  InitiateAuthCommand,
  InvalidPasswordException,
  SignUpCommand,
  UsernameExistsException,
  type AuthenticationResultType,
  type CognitoIdentityProviderClient,
  type InitiateAuthCommandOutput,
} from '@aws-sdk/client-cognito-identity-provider';
import { DomainError, type AuthProvider, type CallOptions, type Tokens } from '@clarity/domain';
import { abortable } from '../connection/abortable';
import { callAws } from '../connection/aws-errors';
import { accessTokenVerifier, type TokenSource } from './access-token-verifier';
import { confirmErrors, loginErrors, refreshErrors, registerErrors } from './cognito-errors';
import { meetsPasswordPolicy } from './password-policy';

const service = 'Cognito';
const noDetails = { $metadata: {}, message: '' };

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

  /**
   * A registration for an address that has an account. Cognito itself sends no mail then; asking it to
   * send the code for a new password is the one mail that it has for an owner who confirmed the address,
   * and about as much work as creating an account. An account that is not confirmed gets none: a new
   * code for it would invite the person to confirm a password that a stranger may have chosen.
   */
  async function tellOwner(email: string, options?: CallOptions): Promise<void> {
    const forgot = new ForgotPasswordCommand({ ClientId: clientId, Username: email });
    // No end of this call may show in the answer.
    await client.send(forgot, abortable(options)).catch(() => undefined);
  }

  return {
    async register({ email, password }, options) {
      const signUp = new SignUpCommand({
        ClientId: clientId,
        Username: email,
        Password: password,
        UserAttributes: [{ Name: 'email', Value: email }],
      });
      await callAws(
        service,
        async () => {
          // As Cognito refuses it.
          if (!meetsPasswordPolicy(password)) throw new InvalidPasswordException(noDetails);
          try {
            await client.send(signUp, abortable(options));
          } catch (error) {
            if (!(error instanceof UsernameExistsException)) throw error;
            await tellOwner(email, options);
          }
        },
        registerErrors,
      );
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
    ping: verifier.holdKeys,
  };
}

/** @throws DomainError `unauthenticated` if Cognito asks for a step that this API does not have */
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
