import type { App } from '../names';

export interface ContainerBuild {
  readonly app: App;
  /** The commit that is built, 40 hex digits. */
  readonly commit: string;
  /** When it was made, in epoch seconds; every file of the image gets this time. */
  readonly committedAt: number;
  /** `<repository address>:<tag>` to push to. */
  readonly reference: string;
  /** Where Buildx writes the digest of what it pushed. */
  readonly metadataFile: string;
  /** SHA-256, in hex, of ONNX Runtime's CUDA libraries, which the worker's build downloads. */
  readonly cudaSha256: string;
  /** `<repository address>:<tag>` that keeps layers between builds, if they are to be kept. */
  readonly layers?: string;
}

/** More build arguments of an app: the services run the worker on GPUs. */
const variantOf = (app: App, cudaSha256: string): readonly string[] =>
  app === 'ml-worker' ? ['VARIANT=cuda', `ONNXRUNTIME_CUDA_SHA256=${cudaSha256}`] : [];

/**
 * The arguments of `docker` that build an app's image and push it with a bill of materials (SBOM) and
 * provenance. The time of the commit is used as the time of the build, so that one commit always gives the
 * same layers.
 */
export function buildArguments(build: ContainerBuild): readonly string[] {
  const { app, commit, committedAt, reference, metadataFile, layers } = build;
  const buildArgs = [
    `REVISION=${commit}`,
    `SOURCE_DATE_EPOCH=${committedAt}`,
    ...variantOf(app, build.cudaSha256),
  ];
  return [
    'buildx',
    'build',
    '--platform=linux/amd64',
    `--file=apps/${app}/Dockerfile`,
    ...buildArgs.map((argument) => `--build-arg=${argument}`),
    `--tag=${reference}`,
    '--output=type=image,push=true,rewrite-timestamp=true,oci-mediatypes=true',
    '--sbom=true',
    '--provenance=mode=max',
    `--metadata-file=${metadataFile}`,
    ...(layers === undefined ? [] : layerCache(layers)),
    '--progress=plain',
    '.',
  ];
}

/**
 * ECR accepts a cache only as an image manifest of OCI types. If the cache cannot be read or written, the
 * build takes longer but does not fail.
 * @see https://docs.docker.com/build/cache/backends/registry/
 */
function layerCache(layers: string): readonly string[] {
  const to = [
    'type=registry',
    `ref=${layers}`,
    'mode=max',
    'image-manifest=true',
    'oci-mediatypes=true',
    'ignore-error=true',
  ];
  return [`--cache-from=type=registry,ref=${layers}`, `--cache-to=${to.join(',')}`];
}
