import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { awsVariables, parseEnvironmentName } from './environment';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'environment-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));
const workspace = () => ({ root, dist: join(root, 'dist'), local: join(root, '.local') });

test('an unknown environment is an error that lists the known ones', () => {
  expect(() => parseEnvironmentName('production')).toThrow(
    expect.objectContaining({ advice: expect.stringContaining('prod') }),
  );
});

test('"local" without an embedded AWS is an error: it must never reach a real account', () => {
  expect(() => awsVariables('local', 'own', workspace(), {})).toThrow(/not running/);
});

test('"local" finds the running embedded AWS', async () => {
  const folder = join(root, '.local/local-cloud');
  await mkdir(folder, { recursive: true });
  const state = { endpoint: 'http://127.0.0.1:4566', pid: process.pid };
  await writeFile(join(folder, 'local-cloud.json'), JSON.stringify(state));
  expect(awsVariables('local', 'own', workspace(), {})).toMatchObject({
    AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
    AWS_ACCESS_KEY_ID: 'test',
  });
});

test('the file of a killed embedded AWS is ignored', async () => {
  const folder = join(root, '.local/local-cloud');
  await mkdir(folder, { recursive: true });
  const state = { endpoint: 'http://127.0.0.1:4566', pid: 2 ** 22 + 1 };
  await writeFile(join(folder, 'local-cloud.json'), JSON.stringify(state));
  expect(() => awsVariables('local', 'own', workspace(), {})).toThrow(/not running/);
});

test('a real environment keeps the credentials of its caller', () => {
  expect(awsVariables('prod', 'own', workspace(), { AWS_ENDPOINT_URL: 'http://x' })).toEqual({});
});

test('a real environment can be planned on the embedded AWS, with credentials that no account accepts', () => {
  const given = {
    AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
    AWS_SESSION_TOKEN: 'of a real account',
  };
  expect(awsVariables('prod', 'embedded', workspace(), given)).toEqual({
    AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_SESSION_TOKEN: '',
  });
});

test('a job of GitHub keeps the credentials of its role', () => {
  const given = { AWS_ENDPOINT_URL: 'http://localhost:4566', GITHUB_ACTIONS: 'true' };
  expect(Object.keys(awsVariables('local', 'own', workspace(), given))).toEqual([
    'AWS_ENDPOINT_URL',
    'AWS_REGION',
  ]);
});

test.each(['http://10.0.0.7:4566', 'https://sqs.us-east-1.amazonaws.com', 'nonsense'])(
  'the endpoint %s is refused for the embedded AWS',
  (endpoint) => {
    const given = { AWS_ENDPOINT_URL: endpoint };
    expect(() => awsVariables('local', 'own', workspace(), given)).toThrow(/this machine only/);
  },
);
