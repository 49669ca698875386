import { randomUUID } from 'node:crypto';
import {
  BatchGetImageCommand,
  CreateRepositoryCommand,
  DeleteRepositoryCommand,
  ECRClient,
  PutImageCommand,
} from '@aws-sdk/client-ecr';
import { sha256Of } from '@clarity/schema';
import { dockerImageOf } from './docker-image';
import { dockerManifestType } from './docker-manifest';

const ecr = new ECRClient({});
const repositoryName = `docker-image-${randomUUID()}`;
const url = `123456789012.dkr.ecr.us-east-1.amazonaws.com/${repositoryName}`;
beforeAll(() => ecr.send(new CreateRepositoryCommand({ repositoryName })));
afterAll(async () => {
  await ecr.send(new DeleteRepositoryCommand({ repositoryName, force: true }));
  ecr.destroy();
});

const ociManifest = 'application/vnd.oci.image.manifest.v1+json';
const manifest = JSON.stringify({
  schemaVersion: 2,
  mediaType: ociManifest,
  config: {
    mediaType: 'application/vnd.oci.image.config.v1+json',
    digest: `sha256:${'a'.repeat(64)}`,
    size: 7,
  },
  layers: [],
});

/** @returns its digest */
async function push(text: string, type: string): Promise<string> {
  const imageDigest = `sha256:${sha256Of(text)}`;
  await ecr.send(
    new PutImageCommand({
      repositoryName,
      imageManifest: text,
      imageManifestMediaType: type,
      imageDigest,
      imageTag: randomUUID(),
    }),
  );
  return imageDigest;
}

async function manifestOf(image: string): Promise<{ mediaType: string; config: object }> {
  const imageIds = [{ imageDigest: image.split('@')[1] }];
  const { images = [] } = await ecr.send(new BatchGetImageCommand({ repositoryName, imageIds }));
  return JSON.parse(images[0]?.imageManifest ?? '{}') as { mediaType: string; config: object };
}

test('the Docker image of an OCI image is in ECR, once', async () => {
  const image = `${url}@${await push(manifest, ociManifest)}`;
  const docker = await dockerImageOf(ecr, image);
  expect(docker).not.toBe(image);
  expect(await dockerImageOf(ecr, image)).toBe(docker);
  await expect(manifestOf(docker)).resolves.toMatchObject({
    mediaType: dockerManifestType,
    config: { digest: `sha256:${'a'.repeat(64)}` },
  });
  expect(await dockerImageOf(ecr, docker)).toBe(docker);
});

test('an index leads to its image for linux/amd64', async () => {
  const single = await push(`${manifest} `, ociManifest);
  const index = JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.index.v1+json',
    manifests: [{ digest: single, platform: { os: 'linux', architecture: 'amd64' } }],
  });
  const image = `${url}@${await push(index, 'application/vnd.oci.image.index.v1+json')}`;
  expect(await dockerImageOf(ecr, image)).toBe(await dockerImageOf(ecr, `${url}@${single}`));
});

test('an image that ECR does not have is reported', async () => {
  const digest = `sha256:${'f'.repeat(64)}`;
  await expect(dockerImageOf(ecr, `${url}@${digest}`)).rejects.toMatchObject({
    reason: 'environment',
    message: `ECR does not have ${repositoryName}@${digest}.`,
  });
});
