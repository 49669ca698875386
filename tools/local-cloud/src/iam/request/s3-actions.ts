import type { NeededAction, Parameters } from './aws-call';
import type { S3Request } from './s3-request';

/** Query parameter that names a setting of a bucket → what its actions are called after Get and Put. */
const bucketSettings: Readonly<Record<string, string>> = {
  accelerate: 'AccelerateConfiguration',
  acl: 'BucketAcl',
  analytics: 'AnalyticsConfiguration',
  cors: 'BucketCORS',
  encryption: 'EncryptionConfiguration',
  'intelligent-tiering': 'IntelligentTieringConfiguration',
  inventory: 'InventoryConfiguration',
  lifecycle: 'LifecycleConfiguration',
  location: 'BucketLocation',
  logging: 'BucketLogging',
  metrics: 'MetricsConfiguration',
  notification: 'BucketNotification',
  'object-lock': 'BucketObjectLockConfiguration',
  ownershipControls: 'BucketOwnershipControls',
  policy: 'BucketPolicy',
  policyStatus: 'BucketPolicyStatus',
  publicAccessBlock: 'BucketPublicAccessBlock',
  replication: 'ReplicationConfiguration',
  requestPayment: 'BucketRequestPayment',
  tagging: 'BucketTagging',
  versioning: 'BucketVersioning',
  website: 'BucketWebsite',
};

/** Settings whose removal has an action of its own; the others are removed with the permission to put them. */
const removable = new Set(['policy', 'website']);

/** The same for an object; with a version, `Object` becomes `ObjectVersion`. */
const objectSettings: Readonly<Record<string, string>> = {
  acl: 'ObjectAcl',
  attributes: 'ObjectAttributes',
  'legal-hold': 'ObjectLegalHold',
  retention: 'ObjectRetention',
  tagging: 'ObjectTagging',
  torrent: 'ObjectTorrent',
};

/** The actions that S3 checks: https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html */
export function s3Actions(request: S3Request): readonly NeededAction[] {
  const { bucket, key, copySource, tagged, deletedKeys, method, query } = request;
  const on = (name: string, parameters: Parameters): NeededAction => ({
    action: `s3:${name}`,
    parameters,
  });
  if (bucket === '') return [on('ListAllMyBuckets', {})];
  const BucketName = bucket;
  if (key === '' && method === 'POST' && query.has('delete'))
    return [on('DeleteObject', { BucketName, ObjectName: deletedKeys })];
  if (key === '') return [on(bucketAction(request), { BucketName })];
  const actions = [on(objectAction(request), { BucketName, ObjectName: key })];
  if (tagged) actions.push(on('PutObjectTagging', { BucketName, ObjectName: key }));
  if (copySource !== undefined) {
    const [source = '', ...rest] = copySource.split('/');
    actions.push(on('GetObject', { BucketName: source, ObjectName: rest.join('/') }));
  }
  return actions;
}

function bucketAction({ method, query }: S3Request): string {
  const setting = Object.keys(bucketSettings).find((name) => query.has(name));
  const noun = setting && bucketSettings[setting];
  if (noun && method === 'DELETE') return `${removable.has(setting) ? 'Delete' : 'Put'}${noun}`;
  if (noun) return `${method === 'PUT' ? 'Put' : 'Get'}${noun}`;
  if (query.has('versions')) return 'ListBucketVersions';
  if (query.has('uploads')) return 'ListBucketMultipartUploads';
  if (method === 'PUT') return 'CreateBucket';
  return method === 'DELETE' ? 'DeleteBucket' : 'ListBucket';
}

function objectAction({ method, query }: S3Request): string {
  const setting = Object.keys(objectSettings).find((name) => query.has(name));
  const noun = (setting && objectSettings[setting]) ?? 'Object';
  const of = query.has('versionId') ? noun.replace('Object', 'ObjectVersion') : noun;
  if (query.has('uploadId') && method === 'DELETE') return 'AbortMultipartUpload';
  if (query.has('uploadId') && method === 'GET') return 'ListMultipartUploadParts';
  if (query.has('restore')) return 'RestoreObject';
  if (method === 'DELETE') return `Delete${of}`;
  return method === 'PUT' || method === 'POST' ? `Put${noun}` : `Get${of}`;
}
