import { randomBytes, randomUUID } from 'node:crypto';
import type { Tokens } from '../access/tokens';
import { userId } from '../answers/user';
import { notFound, Refusal } from '../refusal';
import { newSigningKey } from './signing-key';

const tokenPath = '/_oidc/token';
const jwksPath = '/.well-known/jwks';
const discoveryPath = '/.well-known/openid-configuration';
const lifetimeSeconds = 300;

export interface IdentityProviderOptions {
  readonly url: string;
  readonly repository: string;
  /** What comes before `:` and the subject in `sub`. */
  readonly subjectPrefix: string;
  readonly issuer: string;
  readonly tokens: Tokens;
  readonly clock: () => Date;
}

/** Who a job is, in a token that others can check: GitHub's OIDC provider. */
export function identityProvider(options: IdentityProviderOptions) {
  const { url, tokens, issuer } = options;
  const key = newSigningKey();
  /** By request token. */
  const identities = new Map<string, { readonly jobToken: string; readonly subject: string }>();
  return {
    /** @throws Error for a job that may not ask */
    variables(jobToken: string, subject: string): Readonly<Record<string, string>> {
      if (tokens.holder(jobToken)?.permissions['id-token'] !== 'write')
        throw new Error('A job without id-token: write gets no identity.');
      const requestToken = randomBytes(32).toString('base64url');
      identities.set(requestToken, { jobToken, subject });
      return {
        ACTIONS_ID_TOKEN_REQUEST_URL: `${url}${tokenPath}?api-version=2.0`,
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
      };
    },
    /** The token that a job for `subject` gets: for a program that acts as a job outside a workflow. */
    sign: (subject: string, audience: string, actor: string): string =>
      key.sign(claimsOf(options, { subject, audience, actor, runId: 0 })),
    owns: (path: string): boolean => [tokenPath, jwksPath, discoveryPath].includes(path),
    /** @throws Refusal */
    answer(request: URL, authorization: string | undefined): unknown {
      if (request.pathname === jwksPath) return key.jwks;
      if (request.pathname === discoveryPath) return discovery(url, issuer);
      if (request.pathname !== tokenPath) throw notFound();
      const requestToken = /^bearer (\S+)$/i.exec(authorization ?? '')?.[1] ?? '';
      const identity = identities.get(requestToken);
      const holder = identity && tokens.holder(identity.jobToken);
      if (!holder) throw new Refusal(401, 'Bad credentials');
      const value = key.sign(
        claimsOf(options, {
          subject: identity.subject,
          audience: request.searchParams.get('audience'),
          actor: holder.actor,
          runId: holder.runId,
        }),
      );
      return { count: value.length, value };
    },
  };
}

function claimsOf(
  { url, repository, subjectPrefix, issuer, clock }: IdentityProviderOptions,
  job: { subject: string; audience: string | null; actor: string; runId: number },
): Readonly<Record<string, unknown>> {
  const { subject, audience, actor, runId } = job;
  const [owner = ''] = repository.split('/');
  const now = Math.floor(clock().getTime() / 1000);
  const [kind = '', ...rest] = subject.split(':');
  const value = rest.join(':');
  return {
    jti: randomUUID(),
    iss: issuer,
    sub: `${subjectPrefix}:${subject}`,
    aud: audience ?? `${url}/${owner}`,
    repository,
    repository_owner: owner,
    repository_owner_id: String(userId(owner)),
    repository_visibility: 'private',
    actor,
    actor_id: String(userId(actor)),
    run_id: String(runId),
    run_number: String(runId),
    run_attempt: '1',
    runner_environment: 'github-hosted',
    ...(kind === 'environment' && { environment: value }),
    ...(kind === 'ref' && {
      ref: value,
      ref_type: value.startsWith('refs/tags/') ? 'tag' : 'branch',
    }),
    ...(kind === 'pull_request' && { event_name: 'pull_request' }),
    iat: now,
    nbf: now,
    exp: now + lifetimeSeconds,
  };
}

const discovery = (url: string, issuer: string) => ({
  issuer,
  jwks_uri: `${url}${jwksPath}`,
  subject_types_supported: ['public', 'pairwise'],
  response_types_supported: ['id_token'],
  id_token_signing_alg_values_supported: ['RS256'],
  scopes_supported: ['openid'],
});
