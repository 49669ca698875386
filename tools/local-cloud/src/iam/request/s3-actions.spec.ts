import { s3Actions } from './s3-actions';
import type { S3Request } from './s3-request';

const ask = (method: string, path: string, more: Partial<S3Request> = {}) => {
  const { pathname, searchParams } = new URL(path, 'http://s3');
  const [bucket = '', ...key] = pathname.slice(1).split('/');
  return s3Actions({
    method,
    bucket,
    key: key.join('/'),
    query: searchParams,
    tagged: false,
    deletedKeys: [],
    ...more,
  }).map(({ action, parameters }) => [action, ...Object.values(parameters)].join(' '));
};

it.each([
  ['GET', '/', 's3:ListAllMyBuckets'],
  ['HEAD', '/b', 's3:ListBucket b'],
  ['GET', '/b?list-type=2&prefix=a', 's3:ListBucket b'],
  ['GET', '/b?encryption', 's3:GetEncryptionConfiguration b'],
  ['DELETE', '/b?encryption', 's3:PutEncryptionConfiguration b'],
  ['DELETE', '/b?policy', 's3:DeleteBucketPolicy b'],
  ['PUT', '/b?lifecycle', 's3:PutLifecycleConfiguration b'],
  ['PUT', '/b', 's3:CreateBucket b'],
  ['HEAD', '/b/a/c', 's3:GetObject b a/c'],
  ['GET', '/b/a?versionId=1', 's3:GetObjectVersion b a'],
  ['GET', '/b/a?versionId=1&tagging', 's3:GetObjectVersionTagging b a'],
  ['PUT', '/b/a?partNumber=1&uploadId=2', 's3:PutObject b a'],
  ['POST', '/b/a?uploads', 's3:PutObject b a'],
  ['DELETE', '/b/a?uploadId=2', 's3:AbortMultipartUpload b a'],
  ['DELETE', '/b/a', 's3:DeleteObject b a'],
])('%s %s needs %s', (method, path, expected) => {
  expect(ask(method, path)).toEqual([expected]);
});

it('needs more for a tagged copy, and for each deleted key', () => {
  expect(ask('PUT', '/b/a', { copySource: 'from/x/y', tagged: true })).toEqual([
    's3:PutObject b a',
    's3:PutObjectTagging b a',
    's3:GetObject from x/y',
  ]);
  expect(ask('POST', '/b?delete', { deletedKeys: ['a', 'c'] })).toEqual(['s3:DeleteObject b a,c']);
});
