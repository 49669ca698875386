import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import {
  CreateRepositoryCommand,
  DeleteRepositoryCommand,
  ECRClient,
  PutImageCommand,
} from '@aws-sdk/client-ecr';
import { region } from '../environment';
import type { BuildPlace } from './docker';
import { publishContainerImage } from './publish-container-image';

const repositoryName = 'clarity-api';
const commit = 'c'.repeat(40);
const digest = `sha256:${'d'.repeat(64)}`;
const ecr = new ECRClient({ region });
const path = process.env['PATH'];

let root: string;
const lines: string[] = [];
let place: BuildPlace;

/** A `docker` that records its arguments and its input. */
async function dockerThat(does: string) {
  const program = join(root, 'docker');
  await writeFile(
    program,
    `#!/bin/sh\necho "$@" >> "${root}/asked"\ncase "$1" in login) cat > "${root}/password" ;; *) ${does} ;; esac\n`,
  );
  await chmod(program, 0o755);
  process.env['PATH'] = `${root}${delimiter}${path}`;
}
const asked = () => readFile(join(root, 'asked'), 'utf8').catch(() => '');
const pushes = `for each in "$@"; do case "$each" in --metadata-file=*) echo '{"containerimage.digest":"${digest}"}' > "\${each#*=}" ;; esac; done`;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'container-image-'));
  lines.length = 0;
  const report = (text: string) => void lines.push(text);
  place = {
    workspace: { root, dist: join(root, 'dist'), local: join(root, '.local') },
    ecr,
    reporter: { step: report, info: report, warn: report },
    signal: new AbortController().signal,
  };
  await ecr.send(new CreateRepositoryCommand({ repositoryName }));
});
afterEach(async () => {
  process.env['PATH'] = path;
  await ecr.send(new DeleteRepositoryCommand({ repositoryName, force: true }));
  await rm(root, { recursive: true, force: true });
});

test('builds and pushes a commit, and names the image by the digest that was pushed', async () => {
  await dockerThat(pushes);
  const reference = await publishContainerImage(place, 'api', { commit, keepLayers: false });
  expect(reference).toMatch(/\/clarity-api@sha256:d{64}$/);
  expect(await asked()).toContain(`clarity-api:${commit}`);
});

test('passes the registry’s password on standard input, and neither logs it nor passes it as an argument', async () => {
  await dockerThat(pushes);
  await publishContainerImage(place, 'api', { commit, keepLayers: false });
  const password = await readFile(join(root, 'password'), 'utf8');
  expect(password).not.toBe('');
  expect(await asked()).not.toContain(password);
  expect(lines.join('\n')).not.toContain(password);
});

test('does not build a commit again that ECR has', async () => {
  await dockerThat('exit 1');
  const { image } = await ecr.send(
    new PutImageCommand({
      repositoryName,
      imageManifest: '{"schemaVersion":2}',
      imageManifestMediaType: 'application/vnd.oci.image.index.v1+json',
      imageTag: commit,
    }),
  );
  const reference = await publishContainerImage(place, 'api', { commit, keepLayers: false });
  expect(reference).toContain(`@${image?.imageId?.imageDigest}`);
  await expect(asked()).resolves.toBe('');
});

test('reports the image that failed to build, with the last lines of the build', async () => {
  await dockerThat('echo "tsc: 3 errors" >&2; exit 1');
  await expect(publishContainerImage(place, 'api', { commit, keepLayers: false })).rejects.toThrow(
    /image of api was not built[^]*tsc: 3 errors/,
  );
});

test('reports that Docker is missing', async () => {
  process.env['PATH'] = root;
  await expect(
    publishContainerImage(place, 'api', { commit, keepLayers: false }),
  ).rejects.toMatchObject({
    reason: 'environment',
    message: expect.stringContaining('Buildx'),
  });
});
