import type { App } from '../names';

export interface ContainerBuild {
  readonly app: App;
  /** The commit that is built, 40 hex digits. */
  readonly commit: string;
  /** When it was made, epoch seconds: the time that every file of the image gets. */
  readonly committedAt: number;
  /** `<repository address>:<tag>` to push to. */
  readonly reference: string;
  /** Where Buildx writes the digest of what it pushed. */
  readonly metadataFile: string;
  /** SHA-256 of ONNX Runtime's CUDA libraries, which the worker's build fetches; hex. */
  readonly cudaSha256: string;
  /** Keeps layers between runs, as `type=…`; absent for none. */
  readonly cache?: { readonly from: string; readonly to: string };
}

/** Further build arguments of an app: the services run the worker on GPUs. */
const variantOf = (app: App, cudaSha256: string): readonly string[] =>
  app === 'ml-worker' ? ['VARIANT=cuda', `ONNXRUNTIME_CUDA_SHA256=${cudaSha256}`] : [];

/**
 * Arguments of `docker` that build an app's image and push it with a bill of materials (SBOM) and a
 * statement of how it was built (provenance). The time of the commit stands for the time of the build,
 * so that the same commit gives the same layers.
 */
export function buildArguments(build: ContainerBuild): readonly string[] {
  const { app, commit, committedAt, reference, metadataFile, cache } = build;
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
    ...(cache ? [`--cache-from=${cache.from}`, `--cache-to=${cache.to}`] : []),
    '--progress=plain',
    '.',
  ];
}
