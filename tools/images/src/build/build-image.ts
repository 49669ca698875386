import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Type from 'typebox';
import { jsonParser } from '@clarity/schema';
import type { Docker } from '../engine/docker';
import type { AppImage } from '../images';
import { rebuilt } from './rebuilt-dockerfile';

const buildLimitMs = 600_000;

/** The CA bundle of a network that has its own, as Node and OpenSSL are configured to use it. */
export function extraCertificates(env: NodeJS.ProcessEnv = process.env): string | undefined {
  return [env['NODE_EXTRA_CA_CERTS'], env['SSL_CERT_FILE']].find(
    (path) => path && existsSync(path),
  );
}

/** Builds an app's image from the workspace as it is. */
export async function buildImage(
  docker: Docker,
  root: string,
  image: AppImage,
  revision: string,
): Promise<void> {
  await docker.run(
    [
      ...buildArguments(docker, revision),
      '--file',
      `apps/${image.app}/Dockerfile`,
      '--tag',
      image.tag,
      '.',
    ],
    { cwd: root, timeoutMs: buildLimitMs },
  );
}

/**
 * Builds it a second time from the bundling on.
 * @returns the layers' digests, uncompressed, lowest first
 */
export async function rebuildLayers(
  docker: Docker,
  root: string,
  image: AppImage,
): Promise<readonly string[]> {
  const tag = image.tag.replace(':local', ':again');
  const dockerfile = await readFile(join(root, `apps/${image.app}/Dockerfile`), 'utf8');
  // Another revision as well: it is in the label, and must be in no layer.
  await docker.run([...buildArguments(docker, 'again'), '--file', '-', '--tag', tag, '.'], {
    cwd: root,
    timeoutMs: buildLimitMs,
    input: rebuilt(dockerfile, `again-${Date.now()}`),
  });
  const layers = await layersOf(docker, tag);
  await docker.run(['image', 'rm', tag]);
  return layers;
}

const parseLayers = jsonParser('layers', Type.Array(Type.String()));

export async function layersOf(docker: Docker, reference: string): Promise<readonly string[]> {
  const args = ['image', 'inspect', '--format', '{{json .RootFS.Layers}}', reference];
  return parseLayers(await docker.run(args));
}

function buildArguments(docker: Docker, revision: string): readonly string[] {
  const certificates = extraCertificates();
  return [
    ...docker.buildCommand,
    '--progress=plain',
    `--build-arg=REVISION=${revision}`,
    ...(certificates ? [`--secret=id=ca,src=${certificates}`] : []),
  ];
}
