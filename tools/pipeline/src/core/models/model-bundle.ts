import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { modelManifestSchema, type ModelManifest } from '@clarity/domain';
import { jsonParser } from '@clarity/schema';
import { PipelineError } from '../errors';

const parseManifest = jsonParser('model manifest', modelManifestSchema);

export interface ModelBundle {
  readonly manifest: ModelManifest;
  readonly manifestText: string;
  readonly graph: Uint8Array;
}

/** @throws PipelineError `usage` if the folder holds no bundle, or its graph is another one's */
export async function readBundle(folder: string): Promise<ModelBundle> {
  const manifestText = await readFile(join(folder, 'manifest.json'), 'utf8').catch(
    (cause: unknown) => {
      throw new PipelineError('usage', `There is no model bundle in ${folder}.`, undefined, {
        cause,
      });
    },
  );
  const manifest = parseManifest(manifestText);
  const graph = await readFile(join(folder, manifest.graph.file));
  if (createHash('sha256').update(graph).digest('hex') !== manifest.graph.sha256)
    throw new PipelineError('usage', `The graph in ${folder} is not the one its manifest names.`);
  return { manifest, manifestText, graph };
}

/** The manifest goes last, so that a worker never reads one whose graph is not there yet. */
export async function putBundle(
  s3: S3Client,
  Bucket: string,
  { manifest, manifestText, graph }: ModelBundle,
): Promise<void> {
  const put = (file: string, Body: Uint8Array | string, ContentType: string) =>
    s3.send(
      new PutObjectCommand({ Bucket, Key: `models/${manifest.name}/${file}`, Body, ContentType }),
    );
  await put(manifest.graph.file, graph, 'application/octet-stream');
  await put('manifest.json', manifestText, 'application/json');
}
