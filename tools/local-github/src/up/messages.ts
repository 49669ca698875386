import { parser } from '@clarity/schema';
import Type from 'typebox';
import type { GitHubEvent } from '../contract';
import type { NewPullRequest } from '../server/state/pull-requests';

const sha = Type.String({ pattern: '^[0-9a-f]{40}$' });
const login = Type.String({ minLength: 1 });
const files = Type.Array(Type.String());
const commit = Type.Object({ ref: Type.String({ minLength: 1 }), sha });
const shape = <Fields extends Parameters<typeof Type.Object>[0]>(fields: Fields) =>
  Type.Object(fields, { additionalProperties: false });

/** What people do, in the bodies of calls to the control address. */
export const parsePullRequest: (body: unknown) => NewPullRequest = parser(
  'pull request',
  shape({
    title: Type.String({ minLength: 1 }),
    head: commit,
    base: commit,
    user: login,
    fork: Type.Optional(Type.Boolean()),
    files: Type.Optional(files),
  }),
);
export const parsePush = parser('push', shape({ sha, files: Type.Optional(files) }));
export const parseMerge = parser('merge', shape({ sha, by: login }));
export const parseLogin = parser('login', shape({ login }));
export const parseIdentity = parser(
  'identity',
  shape({ subject: Type.String({ minLength: 1 }), actor: login }),
);

/** What goes wrong at GitHub; see Trouble. */
export const parseTrouble = parser(
  'trouble',
  shape({
    /** Id of an operation, e.g. `issues/create-comment`. */
    match: Type.String({ minLength: 1 }),
    times: Type.Optional(Type.Integer({ minimum: 1 })),
    latencyMs: Type.Optional(Type.Integer({ minimum: 0, maximum: 60_000 })),
    status: Type.Optional(Type.Integer({ minimum: 400, maximum: 599 })),
    headers: Type.Optional(Type.Record(Type.String(), Type.String())),
    message: Type.Optional(Type.String()),
    takesEffect: Type.Optional(Type.Boolean()),
    /** A comment that a person deletes at this moment. */
    deletes: Type.Optional(Type.Integer()),
  }),
);

/** What starts workflows. */
export const parseEvent: (body: unknown) => GitHubEvent = parser(
  'event',
  Type.Union([
    shape({
      kind: Type.Literal('pull_request'),
      action: Type.Union([Type.Literal('opened'), Type.Literal('synchronize')]),
      number: Type.Integer({ minimum: 1 }),
      sha,
    }),
    shape({
      kind: Type.Literal('merge_group'),
      number: Type.Integer({ minimum: 1 }),
      base: sha,
      sha,
      actor: login,
    }),
    shape({
      kind: Type.Literal('push'),
      branch: Type.String({ minLength: 1 }),
      before: sha,
      sha,
      actor: login,
    }),
    shape({
      kind: Type.Literal('workflow_dispatch'),
      file: Type.String({ minLength: 1 }),
      sha,
      inputs: Type.Record(Type.String(), Type.String()),
      actor: login,
    }),
    shape({ kind: Type.Literal('schedule'), file: Type.String({ minLength: 1 }), sha }),
  ]),
);
