import { randomUUID } from 'node:crypto';
import { describeAuthProvider } from '@clarity/domain/testing';
import { testClients } from '../../test/clients';
import { createUserPool } from '../../test/embedded-resources';
import { startTokenIssuer, type TokenIssuer } from '../../test/token-issuer';
import { cognitoAuthProvider } from './cognito-auth-provider';
import { defaultIssuer, defaultJwksUri } from './token-endpoints';

const clients = testClients();
let issuer: TokenIssuer | undefined;
afterAll(() => issuer?.close());

/** moto accepts any code, and its private key cannot be had: hence a second key next to its own. */
describeAuthProvider(
  'Cognito',
  async () => {
    const { userPoolId, clientId } = await createUserPool(clients);
    const poolIssuer = defaultIssuer('us-east-1', userPoolId);
    const tokens = await startTokenIssuer(defaultJwksUri(poolIssuer, userPoolId, process.env));
    issuer = tokens;
    const source = { clientId, issuer: poolIssuer, jwksUri: tokens.jwksUri };
    return {
      auth: cognitoAuthProvider(clients.cognito, source),
      confirmationCode: () => '123456',
      issueToken: ({ use = 'access', userId, groups, expiresInSeconds = 600, ...other }) =>
        tokens.issue({
          iss: other.issuer ?? poolIssuer,
          sub: userId ?? randomUUID(),
          [use === 'access' ? 'client_id' : 'aud']: other.clientId ?? clientId,
          token_use: use,
          exp: Math.floor(Date.now() / 1000) + expiresInSeconds,
          ...(groups && { 'cognito:groups': groups }),
        }),
    };
  },
  { checksCodes: false },
);
