import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inMemoryEnvironment, withTerraform } from '../../../test/in-memory-environment';
import type { InMemoryStack } from '../../../test/in-memory-environment';
import { createsQueue } from '../../../test/write-report';
import { applyEnvironment } from './run';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'apply-'));
});
afterEach(() => rm(root, { recursive: true }));

const running = { api_image: 'registry.test/api@sha256:1', release: 'abc' };

/** Whose services run a release; `variables` are what Terraform got for each stack. */
function environment(data: InMemoryStack = { plan: createsQueue('jobs') }) {
  const { context, calls } = inMemoryEnvironment({ root });
  const variables = {};
  const stacks = {
    'clarity-dev-data': data,
    'clarity-dev-services': {
      plan: createsQueue('more'),
      outputs: { inputs: running, api_key: 'the-signing-key' },
    },
  };
  return { context: withTerraform(context, calls, stacks, variables), calls, variables };
}
const record = () => readFile(join(root, 'dist/pipeline/dev/apply.json'), 'utf8');

test('applies every stack with the images that run', async () => {
  const { context, calls, variables } = environment();
  await applyEnvironment(context, []);
  expect(calls).toEqual(['apply clarity-dev-data', 'apply clarity-dev-services']);
  expect(variables).toMatchObject({
    'clarity-dev-services': { TF_VAR_api_image: running.api_image, TF_VAR_release: 'abc' },
  });
});

test('records what changed, without outputs, which may be secret', async () => {
  const { context } = environment();
  await applyEnvironment(context, ['services']);
  expect(JSON.parse(await record())).toMatchObject({
    environment: 'dev',
    stacks: [{ stack: 'clarity-dev-services', summary: { add: 1 }, resources: 1 }],
  });
  await expect(record()).resolves.not.toContain('the-signing-key');
});

test('a stack that does not exist is a usage error, and nothing is applied', async () => {
  const { context, calls } = environment();
  await expect(applyEnvironment(context, ['data', 'queues'])).rejects.toMatchObject({
    reason: 'usage',
    message: 'No stack is named queues.',
    advice: 'There are clarity-dev-data, clarity-dev-services.',
  });
  expect(calls).toEqual([]);
});

test.each([
  ['account', /bootstrap/],
  ['inference', /inference --env/],
])('the stack %s is refused with the verb that applies it', async (stack, advice) => {
  const { context, calls } = inMemoryEnvironment({ root });
  const stacks = { 'clarity-account': {}, 'clarity-dev-inference': {} };
  await expect(
    applyEnvironment(withTerraform(context, calls, stacks), [stack]),
  ).rejects.toMatchObject({ reason: 'usage', advice: expect.stringMatching(advice) });
  expect(calls).toEqual([]);
});

test('a failed apply ends with what Terraform reported, and is not recorded as applied', async () => {
  const { context } = environment({ failure: 'Error: quota exceeded' });
  await expect(applyEnvironment(context, [])).rejects.toMatchObject({
    reason: 'terraform',
    message: 'Error: quota exceeded',
  });
  await expect(record()).rejects.toThrow('ENOENT');
});
