import { ValidationError, jsonParser } from '@clarity/schema';
import Type, { type Static } from 'typebox';

/** Media types of OCI images → those of Docker, schema 2, for the same bytes. */
const dockerTypes: Readonly<Record<string, string>> = {
  'application/vnd.oci.image.manifest.v1+json':
    'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.oci.image.config.v1+json': 'application/vnd.docker.container.image.v1+json',
  'application/vnd.oci.image.layer.v1.tar+gzip':
    'application/vnd.docker.image.rootfs.diff.tar.gzip',
};

/** Media type of a manifest of Docker, schema 2. */
export const dockerManifestType = 'application/vnd.docker.distribution.manifest.v2+json';

const descriptor = Type.Object({
  mediaType: Type.String(),
  digest: Type.String(),
  size: Type.Integer(),
});
type Descriptor = Static<typeof descriptor>;

const parseIndex = jsonParser(
  'image index',
  Type.Object({
    manifests: Type.Array(
      Type.Object({
        digest: Type.String(),
        platform: Type.Optional(Type.Object({ os: Type.String(), architecture: Type.String() })),
      }),
    ),
  }),
);

const parseManifest = jsonParser(
  'image manifest',
  Type.Object({
    schemaVersion: Type.Literal(2),
    config: descriptor,
    layers: Type.Array(descriptor),
  }),
);

/**
 * The digest of the image for linux/amd64 in an index; Buildx lists attestations next to it.
 * @throws ValidationError if the index has no such image
 */
export function linuxImageOf(index: string): string {
  const found = parseIndex(index).manifests.find(
    ({ platform }) => platform?.os === 'linux' && platform.architecture === 'amd64',
  );
  if (!found) throw new ValidationError('The image index has no image for linux/amd64.');
  return found.digest;
}

/**
 * The manifest of Docker, schema 2, of an OCI image: the same configuration and layers under Docker's media
 * types, which is how tools convert between the two formats.
 * @see https://github.com/opencontainers/image-spec/blob/main/media-types.md#compatibility-matrix
 * @throws ValidationError if a media type has no counterpart, e.g. of layers compressed with zstd
 */
export function dockerManifestOf(ociManifest: string): string {
  const { config, layers } = parseManifest(ociManifest);
  return JSON.stringify({
    schemaVersion: 2,
    mediaType: dockerManifestType,
    config: inDocker(config),
    layers: layers.map(inDocker),
  });
}

function inDocker({ mediaType, digest, size }: Descriptor): Descriptor {
  const type = dockerTypes[mediaType];
  if (!type) throw new ValidationError(`Docker has no media type for ${mediaType}.`);
  return { mediaType: type, size, digest };
}
