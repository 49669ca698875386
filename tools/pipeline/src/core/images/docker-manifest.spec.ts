import { dockerManifestOf, linuxImageOf } from './docker-manifest';

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const layer = (type: string) => ({ mediaType: type, digest: digest('b'), size: 30 });
const oci = (layerType = 'application/vnd.oci.image.layer.v1.tar+gzip') =>
  JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: digest('a'), size: 7 },
    layers: [layer(layerType)],
    annotations: { 'org.opencontainers.image.created': '2026-11-28T00:00:00Z' },
  });

test('an OCI image has the same configuration and layers under the media types of Docker', () => {
  expect(JSON.parse(dockerManifestOf(oci()))).toEqual({
    schemaVersion: 2,
    mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
    config: {
      mediaType: 'application/vnd.docker.container.image.v1+json',
      digest: digest('a'),
      size: 7,
    },
    layers: [layer('application/vnd.docker.image.rootfs.diff.tar.gzip')],
  });
});

test('layers that Docker has no media type for are an error, not an image that cannot start', () => {
  expect(() => dockerManifestOf(oci('application/vnd.oci.image.layer.v1.tar+zstd'))).toThrow(
    'Docker has no media type for application/vnd.oci.image.layer.v1.tar+zstd.',
  );
});

test('the image of an index is the one for linux/amd64, not its attestation', () => {
  const platform = (architecture: string, os: string) => ({ architecture, os });
  const manifests = [
    { digest: digest('c'), platform: platform('unknown', 'unknown') },
    { digest: digest('d'), platform: platform('amd64', 'linux') },
  ];
  expect(linuxImageOf(JSON.stringify({ manifests }))).toBe(digest('d'));
  expect(() => linuxImageOf(JSON.stringify({ manifests: manifests.slice(0, 1) }))).toThrow(
    'no image for linux/amd64',
  );
});
