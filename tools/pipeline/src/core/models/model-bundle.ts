import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { jsonParser, sha256Of, sha256Schema } from '@clarity/schema';
import Type, { type Static } from 'typebox';
import { PipelineError } from '../../errors';
import { parseFile } from '../../io/parse-file';

/** The parts of a model's manifest that publishing it needs; `model import` has checked all of it. */
const manifestSchema = Type.Object({
  name: Type.String({ pattern: '^[A-Za-z0-9._-]{1,64}$' }),
  weights: Type.String({ minLength: 1 }),
  graph: Type.Object({
    file: Type.String({ pattern: '^[A-Za-z0-9._-]+$' }),
    sha256: sha256Schema,
  }),
});
export type ModelManifest = Static<typeof manifestSchema>;

export const parseManifest = jsonParser('model manifest', manifestSchema);

export interface ModelBundle {
  readonly manifest: ModelManifest;
  readonly manifestText: string;
  readonly graph: Uint8Array;
}

/** @throws PipelineError `usage` if the folder has no bundle, or the graph of another one */
export async function readBundle(folder: string): Promise<ModelBundle> {
  const read = (file: string, missing: string) =>
    readFile(join(folder, file)).catch((cause: unknown) => {
      throw new PipelineError('usage', missing, undefined, { cause });
    });
  const manifestFile = 'manifest.json';
  const manifestText = (await read(manifestFile, `No model bundle in ${folder}.`)).toString();
  const manifest = parseFile(join(folder, manifestFile), manifestText, parseManifest);
  const { file, sha256 } = manifest.graph;
  const graph = await read(file, `The model bundle in ${folder} has no ${file}.`);
  if (sha256Of(graph) !== sha256)
    throw new PipelineError('usage', `The graph in ${folder} is not the one its manifest names.`);
  return { manifest, manifestText, graph };
}

/** The manifest is written last, so that a worker never reads one whose graph is missing. */
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
