import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import {
  CreateRepositoryCommand,
  DeleteRepositoryCommand,
  DescribeImagesCommand,
  ECRClient,
  PutImageCommand,
} from '@aws-sdk/client-ecr';
import { region } from '../environment';
import type { BuildPlace } from './docker';
import { keepImages } from './keep-images';
import { promoteImage } from './promote-image';

const commit = 'c'.repeat(40);
const ecr = new ECRClient({ region });
const path = process.env['PATH'];
const type = 'application/vnd.oci.image.index.v1+json';

let root: string;
let place: BuildPlace;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'promote-image-'));
  const silent = { step: () => {}, info: () => {}, warn: () => {} };
  place = {
    workspace: { root, dist: join(root, 'dist'), local: join(root, '.local') },
    ecr,
    reporter: silent,
    signal: new AbortController().signal,
  };
  for (const repositoryName of ['clarity-api', 'clarity-ml-worker'])
    await ecr.send(
      new CreateRepositoryCommand({ repositoryName, imageTagMutability: 'IMMUTABLE' }),
    );
});
afterEach(async () => {
  process.env['PATH'] = path;
  for (const repositoryName of ['clarity-api', 'clarity-ml-worker'])
    await ecr.send(new DeleteRepositoryCommand({ repositoryName, force: true }));
  await rm(root, { recursive: true, force: true });
});

/** @returns the digest */
async function push(repositoryName: string, tag = commit): Promise<string> {
  const { image } = await ecr.send(
    new PutImageCommand({
      repositoryName,
      imageManifest: JSON.stringify({ schemaVersion: 2, mediaType: type, manifests: [] }),
      imageManifestMediaType: type,
      imageTag: tag,
    }),
  );
  return image?.imageId?.imageDigest ?? '';
}

/** A `docker` that records its arguments, and copies nothing. */
async function recordingDocker() {
  const program = join(root, 'docker');
  const script = `#!/bin/sh\necho "$@" >> "${root}/asked"\n[ "$1" != login ] || cat > "${root}/password"\n`;
  await writeFile(program, script);
  await chmod(program, 0o755);
  process.env['PATH'] = `${root}${delimiter}${path}`;
}
const asked = () => readFile(join(root, 'asked'), 'utf8').catch(() => '');
const promote = (image: string) => promoteImage(place, 'api', { image, commit }, async () => ecr);

test('an image that the registry has is used as it is, with its digest', async () => {
  await recordingDocker();
  const digest = await push('clarity-api');
  const elsewhere = `210987654321.dkr.ecr.us-east-1.amazonaws.com/clarity-api@${digest}`;
  const promoted = await promote(elsewhere);
  expect(promoted.endsWith(`/clarity-api@${digest}`)).toBe(true);
  expect(promoted).not.toBe(elsewhere);
  expect(await asked()).toBe('');
});

test('an image of another account is copied by digest; a copy that is not there is a failure', async () => {
  await recordingDocker();
  const image = `210987654321.dkr.ecr.us-east-1.amazonaws.com/clarity-api@sha256:${'d'.repeat(64)}`;
  await expect(promote(image)).rejects.toMatchObject({ reason: 'unexpected' });
  const calls = (await asked()).trim().split('\n');
  expect(calls.map((call) => call.split(' ')[0])).toEqual(['login', 'login', 'buildx']);
  expect(calls.at(-1)).toContain('--prefer-index=false');
  expect(calls.at(-1)).toMatch(new RegExp(`clarity-api:${commit} ${image}$`));
});

test('an image that the shared registry no longer has is not built again under its name', async () => {
  await recordingDocker();
  const here = (await promote(`elsewhere/clarity-api@${await push('clarity-api')}`)).split('@')[0];
  await expect(promote(`${here}@sha256:${'d'.repeat(64)}`)).rejects.toThrow('any more');
  expect(await asked()).toBe('');
});

test('the images of a release get one tag for each environment that the lifecycle keeps, however often they are released', async () => {
  const images = {
    api: `registry/clarity-api@${await push('clarity-api')}`,
    'ml-worker': `registry/clarity-ml-worker@${await push('clarity-ml-worker')}`,
  };
  for (const environment of ['dev', 'dev', 'staging'] as const)
    await keepImages(ecr, environment, { images });
  const { imageDetails = [] } = await ecr.send(
    new DescribeImagesCommand({ repositoryName: 'clarity-api' }),
  );
  const short = images.api.split('@sha256:')[1]?.slice(0, 12);
  expect(imageDetails[0]?.imageTags).toEqual([
    commit,
    `release-dev-${short}`,
    `release-staging-${short}`,
  ]);
});
