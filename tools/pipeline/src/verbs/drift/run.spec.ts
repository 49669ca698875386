import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fakeGitHub } from '../../../test/fake-github';
import { inMemoryEnvironment, withTerraform } from '../../../test/in-memory-environment';
import type { InMemoryStack } from '../../../test/in-memory-environment';
import { collectOutputs } from '../../../test/test-start';
import { reportDrift } from './run';

const token = process.env['GITHUB_TOKEN'];
let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'drift-'));
  await mkdir(join(root, 'clarity-dev-data'));
  await writeFile(join(root, 'clarity-dev-data/cdk.tf.json'), '{}');
  delete process.env['GITHUB_TOKEN'];
});
afterEach(async () => {
  if (token === undefined) delete process.env['GITHUB_TOKEN'];
  else process.env['GITHUB_TOKEN'] = token;
  await rm(root, { recursive: true });
});

const author = 'github-actions[bot]';
const address = 'aws_ssm_parameter.key';
/** A person has replaced a secret by hand; an apply would put it back. */
const changedByHand: InMemoryStack['plan'] = {
  resource_changes: [
    {
      address,
      type: 'aws_ssm_parameter',
      change: {
        actions: ['update'],
        before: { value: 'set-by-hand' },
        after: { value: 'the-signing-key' },
        before_sensitive: { value: true },
        after_sensitive: { value: true },
      },
    },
  ],
};

function environment(plan: InMemoryStack['plan'] = {}) {
  const { context, ...reported } = inMemoryEnvironment({ root });
  const { outputs, output } = collectOutputs();
  const withStacks = withTerraform(context, [], { 'clarity-dev-data': { plan } });
  const drift = (connectGitHub = context.connectGitHub) =>
    reportDrift({ ...withStacks, connectGitHub }, { repository: undefined, author }, output);
  return { drift, outputs, ...reported };
}
const record = () => readFile(join(root, 'dist/pipeline/dev/drift.json'), 'utf8');

test('an environment that matches its code has nothing to report', async () => {
  const { drift, outputs, annotations, summaries } = environment();
  await drift();
  expect(outputs).toEqual({ drift: 'false' });
  expect([...annotations, ...summaries]).toEqual([]);
  expect(JSON.parse(await record())).toMatchObject({ environment: 'dev' });
});

test('a difference is reported at the top of the run, and does not fail it', async () => {
  const { drift, outputs, annotations, lines, summaries } = environment(changedByHand);
  await drift();
  expect(outputs).toEqual({ drift: 'true' });
  expect(annotations).toEqual(['dev differs from its code.']);
  expect(lines).toContain('clarity-dev-data: 1 to correct, 0 changed by others');
  expect(summaries.join('')).toContain(address);
});

test('secrets are masked in the log and are in no report', async () => {
  const { drift, masked, summaries } = environment(changedByHand);
  await drift();
  expect(masked.toSorted()).toEqual(['set-by-hand', 'the-signing-key']);
  expect(`${summaries.join('')}${await record()}`).not.toMatch(/set-by-hand|the-signing-key/);
});

test('with a token an issue reports the difference', async () => {
  process.env['GITHUB_TOKEN'] = 'a-token';
  const issue = { number: 12, user: { login: author }, html_url: 'https://github.example/12' };
  const fake = await fakeGitHub(({ method, body }) =>
    method === 'GET' ? { body: [] } : { status: 201, body: { ...issue, ...body } },
  );
  const { drift, outputs, lines } = environment(changedByHand);
  await drift(() => fake.github).finally(fake.close);
  expect(outputs).toEqual({ drift: 'true', action: 'opened', issue: '12' });
  expect(lines).toContain('issue opened: https://github.example/12');
  expect(fake.requests.at(-1)?.body).toMatchObject({
    title: 'Drift: dev differs from its code',
    labels: ['drift'],
    body: expect.stringContaining(address),
  });
});

test('a stack that cannot be planned is a failure, and no issue is closed because of it', async () => {
  process.env['GITHUB_TOKEN'] = 'a-token';
  const { context } = inMemoryEnvironment({ root });
  const { outputs, output } = collectOutputs();
  const failing = withTerraform(context, [], { 'clarity-dev-data': { failure: 'Error: denied' } });
  const reported = reportDrift(failing, { repository: undefined, author }, output);
  await expect(reported).rejects.toMatchObject({ reason: 'terraform', message: 'Error: denied' });
  expect(outputs).toEqual({});
});
