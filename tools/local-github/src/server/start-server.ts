import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { GitHubServer, PullRequest } from '../contract';
import { rateLimits } from './access/rate-limit';
import { newTokens } from './access/tokens';
import { addressesOf } from './answers/addresses';
import { userId } from './answers/user';
import { respond, type Exchange } from './respond';
import { identityProvider } from './oidc/identity-provider';
import { recordDeployment } from './state/deployments';
import { admits } from './state/environments';
import {
  findPullRequest,
  mergePullRequest,
  openPullRequest,
  shown,
  updatePullRequest,
  type NewPullRequest,
} from './state/pull-requests';
import type { GitHubState } from './state/records';
import { newStore } from './state/store';
import { newTroubles, type Troubles } from './trouble';

export interface ServerOptions {
  /** `owner/name`; clarity/clarity if not given. */
  readonly repository?: string;
  /** By default one that is free. */
  readonly port?: number;
  /** Before `:` and the subject in an identity's `sub`; by default `repo:<owner/name>`. */
  readonly subjectPrefix?: string;
  /** By default GitHub's own: that is whom the roles trust. */
  readonly issuer?: string;
  /** Requests of a token in an hour; GitHub allows a job 1000. */
  readonly requestsPerHour?: number;
  readonly clock?: () => Date;
}

export interface LocalGitHub extends GitHubServer {
  readonly state: GitHubState;
  readonly trouble: Troubles;
  /** Every request so far with what became of it. */
  readonly exchanges: readonly Exchange[];
  openPullRequest(pull: NewPullRequest): PullRequest;
  /** A person pushes `sha` to its branch. */
  updatePullRequest(number: number, sha: string, files?: readonly string[]): PullRequest;
  /** @param sha the commit that is now on the base branch */
  mergePullRequest(number: number, sha: string, by?: string): PullRequest;
  /** A person does it. @returns false if there is none */
  deleteComment(id: number): boolean;
  /** A token of a person's own, who may do everything. */
  issuePersonToken(login: string): string;
  /** An OIDC token as a job for `subject` gets it, for AWS's STS. */
  identityToken(subject: string, actor: string): string;
  close(): Promise<void>;
}

const githubIssuer = 'https://token.actions.githubusercontent.com';

/** GitHub's REST API and OIDC provider for one repository, in memory, on loopback. */
export async function startServer(options: ServerOptions = {}): Promise<LocalGitHub> {
  const { repository = 'clarity/clarity', port = 0, clock = () => new Date() } = options;
  const { requestsPerHour = 1000, issuer = githubIssuer } = options;
  const closing = new AbortController();
  const exchanges: Exchange[] = [];
  const http = createServer().listen(port, '127.0.0.1');
  await once(http, 'listening');
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;

  const store = newStore(clock);
  const tokens = newTokens();
  const addresses = addressesOf(url, repository);
  const trouble = newTroubles();
  const subjectPrefix = options.subjectPrefix ?? `repo:${repository}`;
  const identities = identityProvider({ url, repository, subjectPrefix, issuer, tokens, clock });
  const facts = { store, addresses, tokens, limits: rateLimits(requestsPerHour, clock) };
  http.on('request', (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const context = { facts, identities, trouble, signal: closing.signal };
    void respond(context, incoming, outgoing, (exchange) => exchanges.push(exchange));
  });

  return {
    url,
    repository,
    state: store,
    trouble,
    exchanges,
    pullRequest(number) {
      const record = findPullRequest(store, number);
      return record && shown(record);
    },
    openPullRequest: (pull) => openPullRequest(store, pull),
    updatePullRequest: (number, sha, files) => updatePullRequest(store, number, sha, files),
    mergePullRequest: (number, sha, by = 'maintainer') => mergePullRequest(store, number, sha, by),
    deleteComment: (id) => store.commentsById.delete(id),
    issueToken: (holder) => tokens.issue(holder),
    issuePersonToken(login) {
      store.loginsById.set(userId(login), login);
      return tokens.issueToPerson(login);
    },
    revokeToken: (token) => tokens.revoke(token),
    admits: (environment, ref) => admits(store, environment, ref),
    identityToken: (subject, actor) => identities.sign(subject, 'sts.amazonaws.com', actor),
    oidcVariables: (token, subject) => identities.variables(token, subject),
    recordDeployment: (deployment) => recordDeployment(store, deployment, addresses.html),
    async close() {
      closing.abort();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}
