import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { AuthProvider } from '@clarity/domain';
import Type from 'typebox';
import type { AccountLimit } from '../../auth/account-limit';
import { callOptionsOf } from '../../http/deadline';
import { confirmationSchema, credentialsSchema, refreshSchema, tokensSchema } from './schemas';

const tags = ['auth'];
const bodyLimit = 16 * 1024;

/** Accounts and tokens: the routes that need no token, hence limited by address and by account. */
export function authRoutes(auth: AuthProvider, accounts: AccountLimit): FastifyPluginAsyncTypebox {
  const preHandler = accounts.beforeAttempt;
  return async (app) => {
    app.post(
      '/v1/auth/register',
      {
        bodyLimit,
        schema: {
          operationId: 'register',
          summary: 'Create an account',
          description:
            'A code is sent to the mail address; `confirm` takes it. A taken address gets the same answer, so that no one learns who has an account: then nothing changes, and the mail goes to its owner.',
          tags,
          body: credentialsSchema,
          response: {
            201: Type.Null({
              description: 'If the address was free, its account waits for the code.',
            }),
          },
        },
        config: {
          securityEvents: { success: 'registered', failure: 'registration-failed' },
        },
        preHandler,
      },
      async (request, reply) => {
        await auth.register(request.body, callOptionsOf(request));
        // Null would be sent as a word.
        return reply.code(201).send(undefined as never);
      },
    );

    app.post(
      '/v1/auth/confirm',
      {
        bodyLimit,
        schema: {
          operationId: 'confirmAccount',
          summary: 'Confirm an account with the code that was sent',
          tags,
          body: confirmationSchema,
          response: { 204: Type.Null({ description: 'The account can log in now.' }) },
        },
        config: { securityEvents: { success: 'confirmed', failure: 'confirmation-failed' } },
        preHandler,
      },
      async (request, reply) => {
        await auth.confirm(request.body, callOptionsOf(request));
        return reply.code(204).send(null);
      },
    );

    app.post(
      '/v1/auth/login',
      {
        bodyLimit,
        schema: {
          operationId: 'login',
          summary: 'Get tokens for an account',
          description:
            'A wrong password and an unknown account get the same 401, so that no one learns who has an account.',
          tags,
          body: credentialsSchema,
          response: { 200: tokensSchema },
        },
        config: {
          problems: ['unauthenticated', 'unconfirmed'],
          securityEvents: { success: 'login-succeeded', failure: 'login-failed' },
        },
        preHandler,
      },
      async (request) => {
        const tokens = await auth.login(request.body, callOptionsOf(request));
        accounts.loggedIn(request);
        return tokens;
      },
    );

    app.post(
      '/v1/auth/refresh',
      {
        bodyLimit,
        schema: {
          operationId: 'refreshTokens',
          summary: 'Get new tokens for a refresh token',
          tags,
          body: refreshSchema,
          response: { 200: tokensSchema },
        },
        config: {
          problems: ['unauthenticated'],
          securityEvents: { success: 'tokens-refreshed', failure: 'refresh-failed' },
        },
      },
      async (request) => auth.refresh(request.body.refreshToken, callOptionsOf(request)),
    );
  };
}
