import { randomUUID } from 'node:crypto';
import type { AnalysisResult, CountScaling, Sample } from '@clarity/domain';
import { eventually } from '@clarity/host';
import type { ApiClient } from './api-client';
import { newTrace } from './new-trace';
import type { WeekOfSamples } from './week-of-data';

export const timeZone = 'Europe/Berlin';

/** The API takes at most this many samples in one batch. */
const batchSize = 2_000;
const analysisLimitMs = 90_000;

/** A person's account on the API. */
export interface Account {
  readonly token: string;
  readonly refreshToken: string;
}

export async function signUp(api: ApiClient): Promise<Account> {
  const email = `${randomUUID()}@example.com`;
  const password = `Aa1!${randomUUID()}`;
  await api.request('POST', '/v1/auth/register', { body: { email, password }, expect: 201 });
  // The embedded Cognito sends no mail and takes any code.
  await api.request('POST', '/v1/auth/confirm', { body: { email, code: '000000' }, expect: 204 });
  const { body } = await api.request<{ accessToken: string; refreshToken: string }>(
    'POST',
    '/v1/auth/login',
    { body: { email, password }, expect: 200 },
  );
  return { token: body.accessToken, refreshToken: body.refreshToken };
}

interface BatchAnswer {
  readonly created: number;
  readonly duplicates: number;
  readonly rejected: number;
}

/** @returns how many samples were new to the API */
export async function uploadSamples(
  api: ApiClient,
  { token }: Account,
  samples: readonly Sample[],
): Promise<number> {
  let created = 0;
  for (let start = 0; start < samples.length; start += batchSize) {
    const { body } = await api.request<BatchAnswer>('POST', '/v1/samples:batch', {
      token,
      body: { samples: samples.slice(start, start + batchSize) },
      headers: { 'idempotency-key': randomUUID() },
    });
    created += body.created;
  }
  return created;
}

export interface FinishedAnalysis {
  readonly id: string;
  /** Of the request for it. */
  readonly traceId: string;
  readonly result: AnalysisResult;
  readonly actogram: string;
}

/**
 * @param trace the W3C traceparent of the request, if its trace is to be found again
 * @returns the Location at which the analysis can be followed
 */
export async function requestAnalysis(
  api: ApiClient,
  { token }: Account,
  from: string,
  countScaling: CountScaling,
  trace?: string,
): Promise<string> {
  const { headers } = await api.request('POST', '/v1/analyses', {
    token,
    body: { from, timeZone, countScaling },
    expect: 202,
    headers: { 'idempotency-key': randomUUID(), ...(trace ? { traceparent: trace } : {}) },
  });
  const location = headers.get('location');
  if (!location) throw new Error('The answer to POST /v1/analyses has no Location.');
  return location;
}

/** Requests the analysis of a week, as part of a trace, and waits for its result and picture. */
export async function analyse(
  api: ApiClient,
  account: Account,
  { from }: WeekOfSamples,
  countScaling: CountScaling,
  signal: AbortSignal,
): Promise<FinishedAnalysis> {
  const { token } = account;
  const trace = newTrace(new Date());
  const location = await requestAnalysis(api, account, from, countScaling, trace.traceparent);
  const result = await eventually(
    async () => {
      const { body } = await api.request<{ status: string; failure?: { detail: string } }>(
        'GET',
        location,
        { token },
      );
      if (body.status === 'queued') return undefined;
      if (body.status !== 'completed')
        return { ended: `${body.status}: ${body.failure?.detail ?? 'no reason given'}` };
      return (await api.request<AnalysisResult>('GET', `${location}/result`, { token })).body;
    },
    { limitMs: analysisLimitMs, signal, what: 'The result of the analysis' },
  );
  if ('ended' in result) throw new Error(`The analysis ended as ${result.ended}`);
  const { body: actogram } = await api.request<string>('GET', `${location}/actogram.svg`, {
    token,
  });
  return { id: result.analysisId, traceId: trace.id, result, actogram };
}

/**
 * Sends bad input of several kinds; each has to get its 4xx.
 * @returns what was tried
 */
export async function tryBadInput(
  api: ApiClient,
  owner: Account,
  stranger: Account,
  analysisId: string,
  week: WeekOfSamples,
): Promise<readonly string[]> {
  const [sample] = week.samples;
  const malformed = { ...sample, id: randomUUID(), value: -1, unit: 'furlong' };
  const { body } = await api.request<BatchAnswer>('POST', '/v1/samples:batch', {
    token: stranger.token,
    body: { samples: [malformed] },
  });
  if (body.rejected !== 1)
    throw new Error(`A malformed sample was answered ${JSON.stringify(body)}`);

  const refusals = [
    { what: 'no token', status: 401, method: 'GET', path: '/v1/analyses' },
    {
      what: 'a forged token',
      status: 401,
      method: 'GET',
      path: '/v1/analyses',
      token: forge(owner),
    },
    {
      what: "another user's analysis",
      status: 404,
      method: 'GET',
      path: `/v1/analyses/${analysisId}/result`,
      token: stranger.token,
    },
    {
      what: 'a week without data',
      status: 422,
      method: 'POST',
      path: '/v1/analyses',
      token: stranger.token,
      body: { from: week.from, timeZone },
    },
  ];
  for (const { status, method, path, token, body: sent } of refusals)
    await api.request(method, path, {
      expect: status,
      ...(token ? { token } : {}),
      ...(sent ? { body: sent } : {}),
    });
  const { body: page } = await api.request<{ items: unknown[] }>('GET', '/v1/analyses', {
    token: stranger.token,
  });
  if (page.items.length > 0) throw new Error('A refused analysis was stored anyway.');
  return ['a malformed sample', ...refusals.map(({ what }) => what)];
}

/** The same claims with a signature that is not Cognito's. */
function forge({ token }: Account): string {
  const [header, claims, signature = ''] = token.split('.');
  return [header, claims, [...signature].reverse().join('')].join('.');
}
