import { cp, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { sha256Of } from '@clarity/schema';
import { PipelineError } from '../../errors';

/**
 * A process image: the folder of a built app, addressed by its content, so that releases exist next to each
 * other and a digest always names the same bytes. The embedded ECS runs it as a process.
 */
export interface ProcessImage {
  /** `sha256:<hex>`, of `manifest`. */
  readonly digest: string;
  /** The canonical image.json. */
  readonly manifest: string;
  readonly sourceFolder: string;
  readonly files: readonly string[];
}

/**
 * Describes a built app as an image, and writes nothing.
 * @param name ECR repository
 * @param folder e.g. dist/apps/api
 */
export async function describeProcessImage(name: string, folder: string): Promise<ProcessImage> {
  if (!existsSync(join(folder, 'main.js')))
    throw new PipelineError(
      'usage',
      `${name} is not built: main.js is missing.`,
      'Run: npm run build',
    );
  const files = (await filesBelow(folder)).filter((file) => !file.endsWith('.map'));
  const hashes: Record<string, string> = {};
  for (const file of files) hashes[file] = sha256Of(await readFile(join(folder, file)));
  const manifest = JSON.stringify({
    ...emptyImage,
    schema: 1,
    name,
    command: ['node', 'main.js'],
    files: hashes,
  });
  return { digest: `sha256:${sha256Of(manifest)}`, manifest, sourceFolder: folder, files };
}

/**
 * In ECR it is an OCI image without layers, so that it meets the same rules as an image that Buildx pushed.
 * The digest is that of `{}`, as in the OCI image specification's "Guidance for an Empty Descriptor".
 */
const emptyImage = {
  schemaVersion: 2,
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  artifactType: 'application/vnd.clarity.process-image.v1+json',
  config: {
    mediaType: 'application/vnd.oci.image.config.v1+json',
    digest: 'sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a',
    size: 2,
  },
  layers: [],
} as const;

/** Media type of its manifest. */
export const processImageType = emptyImage.mediaType;

/**
 * Copies an image into the store, whole or not at all.
 * @returns false if the store already has it
 */
export async function storeProcessImage(image: ProcessImage, store: string): Promise<boolean> {
  const target = join(store, image.digest.replace(':', '-'));
  if (existsSync(target)) return false;
  const temporary = `${target}.${process.pid}.tmp`;
  await rm(temporary, { recursive: true, force: true });
  await mkdir(temporary, { recursive: true });
  for (const file of image.files)
    await cp(join(image.sourceFolder, file), join(temporary, file), { recursive: true });
  await writeFile(join(temporary, 'image.json'), image.manifest);
  await rename(temporary, target);
  return true;
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}
