import type { Account } from './schema';

const region = 'us-east-1';

/** Name of the bucket for an account's Terraform state. */
export const stateBucketOf = (id: string) => `clarity-tfstate-${id}`;
/** Alias of that bucket's key, without the "alias/" prefix. */
export const stateKeyAlias = 'clarity-tfstate';

/** An account's Terraform state in S3; the bootstrap creates the bucket and its key. */
const stateOf = (id: string): Account['state'] => ({
  kind: 's3',
  bucket: stateBucketOf(id),
  kmsKeyArn: `arn:aws:kms:${region}:${id}:alias/${stateKeyAlias}`,
});

const github = (...environments: string[]): Account['github'] => ({
  identityProvider: { kind: 'own' },
  // Replace with yours, with the ids that GitHub shows under Settings, Actions, OIDC.
  subjectPrefix: 'repo:clarity@10000001/clarity@10000002',
  planners: ['pull_request', 'ref:refs/heads/main'],
  environments,
});

const threatDetection: Account['threatDetection'] = {
  detector: { kind: 'own', repeatFindings: 'FIFTEEN_MINUTES' },
  features: ['S3_DATA_EVENTS', 'EBS_MALWARE_PROTECTION', 'RUNTIME_MONITORING'],
  alertFromSeverity: 7,
};

const spending = (monthlyUsd: number): Account['spending'] => ({
  monthlyUsd,
  actualPercents: [80, 100],
  forecastPercents: [100],
  anomalyMonitor: { kind: 'own' },
  anomalyUsd: Math.max(20, Math.round(monthlyUsd / 50)),
});

// Placeholders: replace both account ids with your own.
export const nonproduction: Account = {
  name: 'nonproduction',
  id: '111111111111',
  region,
  provider: {},
  state: stateOf('111111111111'),
  images: { keepReleases: 30, keepBuilds: 200, untaggedDays: 7 },
  stateHistoryDays: 90,
  github: github('dev', 'staging'),
  threatDetection,
  auditTrail: { kind: 'own', keepDays: 365 },
  guardRails: { kind: 'own' },
  spending: spending(2500),
  alerts: { emails: ['platform@clarity.example'] },
  promotion: { to: '222222222222' },
  protection: { preventDestroy: true, emptyOnDestroy: false, keyDeletionDays: 14 },
};

export const production: Account = {
  name: 'production',
  id: '222222222222',
  region,
  provider: {},
  state: stateOf('222222222222'),
  images: { keepReleases: 100, keepBuilds: 300, untaggedDays: 14 },
  stateHistoryDays: 365,
  github: github('prod'),
  threatDetection,
  auditTrail: { kind: 'own', keepDays: 2557 },
  guardRails: { kind: 'own' },
  spending: spending(10_000),
  alerts: { emails: ['oncall@clarity.example', 'finance@clarity.example'] },
  promotion: { from: '111111111111' },
  protection: { preventDestroy: true, emptyOnDestroy: false, keyDeletionDays: 30 },
};

/**
 * The embedded AWS of tools/local-cloud, at AWS_ENDPOINT_URL. Credentials come from the environment, as for a
 * real account: a person's fixed key, or those of the role that a job assumed. No real account has this id, so
 * a missing endpoint cannot affect one. Few retries, because an emulator's 500 is a definite answer, not a
 * temporary fault.
 */
export const embedded: Account = {
  name: 'embedded',
  id: '123456789012',
  region,
  provider: {
    maxRetries: 2,
    s3UsePathStyle: true,
    skipMetadataApiCheck: 'true',
    skipRegionValidation: true,
  },
  state: stateOf('123456789012'),
  images: { keepReleases: 30, keepBuilds: 200, untaggedDays: 7 },
  stateHistoryDays: 7,
  github: github('dev', 'staging', 'prod', 'local', 'localnext'),
  threatDetection,
  // moto starts no trail that is named by its ARN, as the provider does.
  auditTrail: { kind: 'existing' },
  // S3 Control uses host names that begin with the account's id, which no embedded AWS has.
  guardRails: { kind: 'existing' },
  spending: spending(1000),
  alerts: { emails: ['platform@clarity.example'] },
  promotion: {},
  protection: { preventDestroy: false, emptyOnDestroy: true, keyDeletionDays: 7 },
};
