import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { jsonParser, modelManifestSchema, parser, type ModelManifest } from '@clarity/domain';
import Type from 'typebox';
import { synthesised } from '../apply';
import type { Context } from '../context';
import { region } from '../environment';
import { PipelineError } from '../errors';
import { isNamed } from '../stacks/manifest';
import { terraformIn } from '../terraform/terraform';

const parseManifest = jsonParser('model manifest', modelManifestSchema);
const parseDataOutputs = parser(
  'output of the data stack',
  Type.Object({ data_bucket: Type.String() }),
);

/**
 * `pipeline publish-model`: puts an imported model bundle where the worker loads it from. The manifest
 * goes last, so that a worker never reads one whose graph is not there yet.
 */
export async function publishModel(context: Context, bundle: string): Promise<ModelManifest> {
  const manifestText = await readFile(join(bundle, 'manifest.json'), 'utf8').catch(
    (cause: unknown) => {
      throw new PipelineError('usage', `There is no model bundle in ${bundle}.`, undefined, {
        cause,
      });
    },
  );
  const manifest = parseManifest(manifestText);
  const graph = await readFile(join(bundle, manifest.graph.file));
  if (createHash('sha256').update(graph).digest('hex') !== manifest.graph.sha256)
    throw new PipelineError('usage', `The graph in ${bundle} is not the one its manifest names.`);

  const stack = (await synthesised(context)).find((candidate) => isNamed(candidate, 'data'));
  if (!stack) throw new PipelineError('unexpected', 'There is no data stack.');
  const terraform = terraformIn(stack.folder, context.terraform);
  await terraform.init();
  const { data_bucket: Bucket } = parseDataOutputs(await terraform.outputs());

  context.reporter.step(`publish model ${manifest.name} (${manifest.weights} weights)`);
  const s3 = new S3Client({ region, forcePathStyle: context.environment === 'local' });
  const put = (file: string, Body: Uint8Array | string, ContentType: string) =>
    s3.send(
      new PutObjectCommand({ Bucket, Key: `models/${manifest.name}/${file}`, Body, ContentType }),
    );
  await put(manifest.graph.file, graph, 'application/octet-stream');
  await put('manifest.json', manifestText, 'application/json');
  return manifest;
}
