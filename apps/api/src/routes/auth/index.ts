import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import type { Dependencies } from '../../dependencies';
import {
  confirmationSchema,
  credentialsSchema,
  refreshSchema,
  registeredSchema,
  tokensSchema,
} from './schemas';

const tags = ['auth'];
const bodyLimit = 16 * 1024;

/** Accounts and tokens: the routes that need no token, hence limited by address. */
export function authRoutes({ cloud, config }: Dependencies): FastifyPluginAsyncTypebox {
  const rateLimit = { max: config.limits.perAddressPerMinute };
  return async (app) => {
    app.post(
      '/v1/auth/register',
      {
        bodyLimit,
        schema: {
          operationId: 'register',
          summary: 'Create an account',
          description: 'A code is sent to the mail address; `confirm` takes it.',
          tags,
          body: credentialsSchema,
          response: { 201: registeredSchema },
        },
        config: { rateLimit, problems: ['conflict'] },
      },
      async (request, reply) => {
        const { userId } = await cloud.auth.register(request.body);
        return reply.code(201).send({ userId });
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
        config: { rateLimit },
      },
      async (request, reply) => {
        await cloud.auth.confirm(request.body);
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
            'A wrong password and an unknown account get the same 401, so that nobody learns who has an account.',
          tags,
          body: credentialsSchema,
          response: { 200: tokensSchema },
        },
        config: { rateLimit, problems: ['unauthenticated', 'unconfirmed'] },
      },
      async (request) => cloud.auth.login(request.body),
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
        config: { rateLimit, problems: ['unauthenticated'] },
      },
      async (request) => cloud.auth.refresh(request.body.refreshToken),
    );
  };
}
