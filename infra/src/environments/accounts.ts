import type { Account } from './schema';

const region = 'us-east-1';

/** Where an account keeps its Terraform state; the bucket and its key come from the bootstrap. */
const stateOf = (id: string): Account['state'] => ({
  kind: 's3',
  bucket: `clarity-tfstate-${id}`,
  kmsKeyArn: `arn:aws:kms:${region}:${id}:alias/clarity-tfstate`,
});

// The two account numbers stand for yours: whoever deploys this puts their own here.
export const nonproduction: Account = {
  name: 'nonproduction',
  id: '111111111111',
  region,
  provider: {},
  state: stateOf('111111111111'),
  images: { keepReleases: 30, keepBuilds: 200, untaggedDays: 7 },
  protection: { preventDestroy: true, emptyOnDestroy: false, keyDeletionDays: 14 },
};

export const production: Account = {
  name: 'production',
  id: '222222222222',
  region,
  provider: {},
  state: stateOf('222222222222'),
  images: { keepReleases: 100, keepBuilds: 300, untaggedDays: 14 },
  protection: { preventDestroy: true, emptyOnDestroy: false, keyDeletionDays: 30 },
};

/**
 * The embedded AWS of tools/local-cloud, reached through AWS_ENDPOINT_URL. Fixed credentials that no
 * real account accepts, so that a forgotten endpoint cannot touch one; few retries, because an
 * emulator's 500 is an answer, not a passing fault.
 */
export const embedded: Account = {
  name: 'embedded',
  id: '123456789012',
  region,
  provider: {
    accessKey: 'test',
    secretKey: 'test',
    maxRetries: 2,
    s3UsePathStyle: true,
    skipCredentialsValidation: true,
    skipMetadataApiCheck: 'true',
    skipRegionValidation: true,
  },
  state: { kind: 'file', folder: '../../state' },
  images: { keepReleases: 30, keepBuilds: 200, untaggedDays: 7 },
  protection: { preventDestroy: false, emptyOnDestroy: true, keyDeletionDays: 7 },
};
