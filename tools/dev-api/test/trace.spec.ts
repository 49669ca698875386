import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { randomUUID } from 'node:crypto';
import { awsClients } from '@clarity/aws';
import { eventually, freePort, startLogged, type LoggedProgram } from '@clarity/host';
import { startEmbeddedAws, type EmbeddedAws, type Segment } from '@clarity/local-cloud/client';
import { apiEnvironment } from '../src/api-environment';
import { prepareCloud, type PreparedCloud } from '../src/prepare-cloud';

const root = resolve(__dirname, '../../..');
const limitMs = 60_000;
jest.setTimeout(2 * limitMs);

let folder: string;
let aws: EmbeddedAws;
let cloud: PreparedCloud;
const programs: LoggedProgram[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trace-'));
  aws = await startEmbeddedAws({ root, stateFolder: join(folder, 'aws') });
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  });
  const clients = awsClients('us-east-1');
  cloud = await prepareCloud(clients, join(root, 'dist/models/pat-s-synthetic'));
  clients.close();
});
afterAll(async () => {
  await Promise.all(programs.map((program) => program.end(10_000)));
  await aws?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Starts one of the apps as it is built, on a port of its own, with traces to the embedded AWS. */
async function start(app: string, env: Readonly<Record<string, string>>): Promise<string> {
  const port = await freePort();
  const program = await startLogged(process.execPath, [join(root, 'dist/apps', app, 'main.js')], {
    cwd: folder,
    log: join(folder, `${app}.log`),
    env: {
      ...apiEnvironment(port),
      ...cloud.variables,
      OTEL_EXPORTER_OTLP_ENDPOINT: `${aws.endpoint}/_local/collector`,
      OTEL_SERVICE_NAME: app,
      ...env,
    },
  });
  programs.push(program);
  const address = `http://127.0.0.1:${port}`;
  await eventually(async () => (await fetch(`${address}/readyz`)).ok || undefined, {
    limitMs,
    what: app,
  });
  return address;
}

function caller(address: string) {
  const headers: Record<string, string> = {};
  return {
    headers,
    async call<Body>(method: string, path: string, body?: object): Promise<Body> {
      const response = await fetch(address + path, {
        method,
        headers: {
          ...headers,
          'idempotency-key': randomUUID(),
          'content-type': 'application/json',
        },
        ...(body && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path} returned ${response.status}: ${text}`);
      return JSON.parse(text) as Body;
    },
  };
}

it('an analysis is one trace from the request over SNS and SQS to the result', async () => {
  const address = await start('api', {});
  await start('ml-worker', {
    WORKER_MODE: 'queue',
    JOBS_QUEUE_URL: `${aws.endpoint}/123456789012/clarity-local-analysis-jobs`,
  });
  const api = caller(address);
  const { accessToken } = await api.call<{ accessToken: string }>(
    'POST',
    '/v1/auth/login',
    cloud.account,
  );
  api.headers['authorization'] = `Bearer ${accessToken}`;
  const monday = Date.parse('2025-03-03T00:00:00Z');
  const at = (minute: number) => new Date(monday + minute * 60_000).toISOString();
  const samples = Array.from({ length: 500 }, (_, index) => ({
    id: randomUUID(),
    type: 'activity_count',
    start: at(index * 20),
    end: at(index * 20 + 1),
    value: index % 90,
    unit: '{counts}',
    source: 'watch',
  }));
  await api.call('POST', '/v1/samples:batch', { samples });

  const time = Math.floor(Date.now() / 1_000).toString(16);
  const id = randomUUID().replaceAll('-', '').slice(0, 24);
  api.headers['traceparent'] = `00-${time}${id}-00f067aa0ba902b7-01`;
  const asked = await api.call<{ id: string }>('POST', '/v1/analyses', {
    from: '2025-03-03',
    timeZone: 'Etc/UTC',
  });
  delete api.headers['traceparent'];
  const ended = await eventually(
    async () => {
      const analysis = await api.call<{ status: string }>('GET', `/v1/analyses/${asked.id}`);
      return analysis.status === 'queued' ? undefined : analysis;
    },
    { limitMs, what: 'The result' },
  );
  expect(ended).toMatchObject({ status: 'completed' });

  const segments = await eventually(
    async () => {
      const found = await aws.trace(`1-${time}-${id}`);
      return ['api', 'ml-worker'].every((name) => found.some((each) => each.name === name))
        ? found
        : undefined;
    },
    { limitMs, what: 'The trace' },
  );
  const byId = new Map(segments.map((segment) => [segment.id, segment]));
  const path = (segment: Segment | undefined): string[] =>
    segment ? [...path(byId.get(segment.parent_id ?? '')), segment.name] : [];
  const paths = segments.map((segment) => path(segment).join(' > '));
  expect(paths).toEqual(
    expect.arrayContaining([
      'api',
      'api > S3',
      'api > DynamoDB',
      'api > send analysis.requested > SNS',
      'api > send analysis.requested > ml-worker',
      'api > send analysis.requested > ml-worker > DynamoDB',
      'api > send analysis.requested > ml-worker > S3',
      'api > send analysis.requested > ml-worker > inference',
      'api > send analysis.requested > ml-worker > SQS',
    ]),
  );
  expect(segments[0]).toMatchObject({ annotations: { 'http.route': '/v1/analyses' } });
  expect(JSON.stringify(segments)).not.toContain(asked.id);
});
