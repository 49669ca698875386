import Type from 'typebox';
import { parser } from '@clarity/schema';
import type { Docker } from '../engine/docker';
import { CannotTest } from '../errors';
import type { AppImage } from '../images';

const manifestTypes = [
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
];
const parseManifest = parser(
  'image manifest',
  Type.Object({
    config: Type.Object({ size: Type.Integer() }),
    layers: Type.Array(Type.Object({ size: Type.Integer() })),
  }),
);

export interface PushedImage {
  /** `<registry>/<name>@sha256:<digest>` */
  readonly reference: string;
  /** What a host downloads, in bytes. */
  readonly compressedBytes: number;
}

/**
 * Pushes an image, forgets the copy that was pushed and pulls it by its digest, as ECS would.
 * @throws CannotTest if what comes back is not what was pushed
 */
export async function pushAndPull(
  docker: Docker,
  registry: string,
  image: AppImage,
): Promise<PushedImage> {
  const name = `${registry}/clarity-${image.app}`;
  const tagged = `${name}:pushed`;
  await docker.run(['tag', image.tag, tagged]);
  const said = await docker.run(['push', tagged]);
  const digest = /digest: (sha256:[0-9a-f]{64})/.exec(said)?.[1];
  if (!digest) throw new CannotTest(`The push of ${image.tag} named no digest:\n${said}`);
  await docker.run(['image', 'rm', tagged]);
  const reference = `${name}@${digest}`;
  await docker.run(['pull', '--quiet', reference]);
  return { reference, compressedBytes: await compressedBytes(registry, image.app, digest) };
}

async function compressedBytes(registry: string, app: string, digest: string): Promise<number> {
  const address = `http://${registry}/v2/clarity-${app}/manifests/${digest}`;
  const response = await fetch(address, { headers: { accept: manifestTypes.join(', ') } });
  if (!response.ok) throw new CannotTest(`The registry has no ${digest}: ${response.status}`);
  const { config, layers } = parseManifest(await response.json());
  return layers.reduce((sum, { size }) => sum + size, config.size);
}
