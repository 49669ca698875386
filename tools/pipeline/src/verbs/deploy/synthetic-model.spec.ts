import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { randomUUID } from 'node:crypto';
import { findWorkspace } from '../../io/workspace';
import { region } from '../../core/environment';
import { parseManifest } from '../../core/models/model-bundle';
import { publishSyntheticModel } from './synthetic-model';

const s3 = new S3Client({ region, forcePathStyle: true });
const appsFolder = `${findWorkspace(__dirname).dist}/apps`;
const steps: string[] = [];
const context = {
  reporter: { step: (text: string) => void steps.push(text), info: () => {}, warn: () => {} },
  signal: new AbortController().signal,
};
let bucket: string;
beforeEach(async () => {
  bucket = `synthetic-model-${randomUUID()}`;
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  steps.length = 0;
});
afterAll(() => s3.destroy());

const manifestIn = async (Bucket: string) => {
  const { Body } = await s3.send(
    new GetObjectCommand({ Bucket, Key: 'models/pat-s/manifest.json' }),
  );
  return (await Body?.transformToString()) ?? '';
};

test('publishes a model marked as synthetic to an empty bucket, and reports it', async () => {
  await publishSyntheticModel(context, s3, bucket, appsFolder);
  const manifest = parseManifest(await manifestIn(bucket));
  expect(manifest).toMatchObject({ name: 'pat-s', weights: 'synthetic' });
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket }));
  expect(Contents.map(({ Key }) => Key)).toContain(`models/pat-s/${manifest.graph.file}`);
  expect(steps.join()).toMatch(/synthetic/);
});

test('keeps an existing model', async () => {
  await s3.send(
    new PutObjectCommand({ Bucket: bucket, Key: 'models/pat-s/manifest.json', Body: 'mine' }),
  );
  await publishSyntheticModel(context, s3, bucket, appsFolder);
  expect(await manifestIn(bucket)).toBe('mine');
  expect(steps).toEqual([]);
});

test('reports a build without the model tool', async () => {
  await expect(publishSyntheticModel(context, s3, bucket, '/nowhere')).rejects.toThrow(
    /model tool.*\/nowhere/,
  );
});
