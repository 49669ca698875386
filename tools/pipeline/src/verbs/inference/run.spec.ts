import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ECRClient } from '@aws-sdk/client-ecr';
import { fakeS3 } from '../../../test/fake-s3';
import { inMemoryEnvironment, releaseOf, withTerraform } from '../../../test/in-memory-environment';
import { createsQueue } from '../../../test/write-report';
import type { Release } from '../../core/releases/release';
import { applyInference } from './run';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'inference-'));
});
afterEach(() => rm(root, { recursive: true }));

const worker = (letter: string) => `registry.test/clarity-ml-worker@sha256:${letter.repeat(64)}`;
const releaseWith = (id: string, letter: string): Release => {
  const release = releaseOf(id);
  return { ...release, images: { ...release.images, 'ml-worker': worker(letter) } };
};

/** Whose images already have Docker manifests. */
function environment(history: readonly Release[]) {
  const memory = inMemoryEnvironment({ root, history });
  const variables: Record<string, Readonly<Record<string, string>>> = {};
  const ecr = Object.assign(new ECRClient({}), {
    send: () =>
      Promise.resolve({
        images: [
          {
            imageManifest: '{}',
            imageManifestMediaType: 'application/vnd.docker.distribution.manifest.v2+json',
          },
        ],
      }),
  });
  const context = {
    ...memory.context,
    clients: { ...memory.context.clients, ecr: () => Promise.resolve(ecr) },
  };
  const stacks = {
    'clarity-account': {},
    'clarity-dev-services': { plan: createsQueue('jobs') },
    'clarity-dev-inference': { plan: createsQueue('endpoint') },
  };
  return { ...memory, variables, context: withTerraform(context, memory.calls, stacks, variables) };
}

test('applies only the inference stack, with the worker of the current release', async () => {
  const { context, calls, variables, lines } = environment([releaseWith('v1', 'a')]);
  await applyInference(context, undefined);
  expect(calls).toEqual(['apply clarity-dev-inference']);
  expect(variables['clarity-dev-inference']).toMatchObject({
    TF_VAR_ml_worker_image: worker('a'),
    TF_VAR_ml_worker_sagemaker_image: worker('a'),
  });
  expect(lines.at(-1)).toBe('inference runs the images of release v1');
});

test('a release that becomes current while it applies is applied too', async () => {
  const { context, calls, variables } = environment([releaseWith('v1', 'a')]);
  const read = context.pointer.read;
  const pointer = {
    ...context.pointer,
    read: () => (calls.length > 0 ? Promise.resolve(releaseWith('v2', 'b')) : read()),
  };
  await applyInference({ ...context, pointer }, undefined);
  expect(calls).toEqual(['apply clarity-dev-inference', 'apply clarity-dev-inference']);
  expect(variables['clarity-dev-inference']).toMatchObject({ TF_VAR_ml_worker_image: worker('b') });
});

test('a release of the API alone does not touch SageMaker or Batch', async () => {
  const { context, variables } = environment([releaseWith('v1', 'a')]);
  await applyInference(context, undefined);
  const first = variables['clarity-dev-inference'];
  const later: Release = { ...releaseWith('v2', 'a'), gitSha: 'another commit' };
  await applyInference(
    { ...context, pointer: { ...context.pointer, read: () => Promise.resolve(later) } },
    undefined,
  );
  expect(variables['clarity-dev-inference']).toEqual(first);
});

test('changes that were not approved are not applied', async () => {
  const { context, calls } = environment([releaseWith('v1', 'a')]);
  await mkdir(join(root, 'clarity-account'));
  const backend = { s3: { bucket: 'state', key: 'account.tfstate' } };
  const code = JSON.stringify({ terraform: { backend } });
  await writeFile(join(root, 'clarity-account/cdk.tf.json'), code);
  const fake = await fakeS3();
  fake.stored.set('/state/account.tfstate', '{"lineage":"6d1f"}');
  const clients = { ...context.clients, s3: async () => fake.s3 };
  const approved = { 'clarity-dev-inference': [] };
  const applied = applyInference({ ...context, clients }, approved).finally(fake.close);
  await expect(applied).rejects.toMatchObject({
    reason: 'unapproved',
  });
  expect(calls).toEqual([]);
});

test('an environment without the stack has nothing to do', async () => {
  const memory = inMemoryEnvironment({ root, history: [releaseOf('v1')] });
  const context = withTerraform(memory.context, memory.calls, { 'clarity-dev-data': {} });
  await applyInference(context, undefined);
  expect(memory.calls).toEqual([]);
  expect(memory.lines.at(-1)).toBe('dev has no inference stack');
});

test('before the first release it is an error that names deploy', async () => {
  const { context } = environment([]);
  await expect(applyInference(context, undefined)).rejects.toMatchObject({
    reason: 'noRelease',
    advice: 'Run: npm run pipeline -- deploy --env dev',
  });
});
