import Type from 'typebox';
import {
  accountAlerts,
  auditTrail,
  github,
  guardRails,
  spending,
  threatDetection,
} from './account-features-schema';
import { choice, closed, count, days } from './schema-terms';

/** Connection settings, passed unchanged to the provider block. */
const provider = closed({
  maxRetries: Type.Optional(count(0, 25)),
  s3UsePathStyle: Type.Optional(Type.Boolean()),
  skipMetadataApiCheck: Type.Optional(choice('true', 'false')),
  skipRegionValidation: Type.Optional(Type.Boolean()),
});

export const accountId = Type.String({ pattern: '^\\d{12}$' });

/** An AWS account: connection, state storage, and what its environments share. */
export const account = closed({
  /** Names the account in tags, e.g. "production". */
  name: Type.String({ pattern: '^[a-z][a-z0-9-]{1,31}$' }),
  id: accountId,
  region: Type.String({ pattern: '^[a-z]{2}(-[a-z]+)+-\\d$' }),
  provider,
  state: Type.Union([
    closed({
      kind: Type.Literal('s3'),
      bucket: Type.String({ minLength: 3, maxLength: 63 }),
      kmsKeyArn: Type.String({ pattern: '^arn:aws:kms:' }),
    }),
    /** Files next to the synthesised stacks; the folder is relative to the stack's folder. */
    closed({ kind: Type.Literal('file'), folder: Type.String({ pattern: '^\\.\\./' }) }),
  ]),
  images: closed({
    /** Of each environment, the images tagged `release-<environment>-*`, to which a rollback can return. */
    keepReleases: count(5, 500),
    /** All tagged images, including releases. */
    keepBuilds: count(10, 2000),
    untaggedDays: days,
  }),
  /** How long an older version of the Terraform state can be restored. */
  stateHistoryDays: days,
  github,
  threatDetection,
  auditTrail,
  guardRails,
  spending,
  alerts: accountAlerts,
  /** The accounts from which and to which commits are promoted; an environment gets what the one before runs. */
  promotion: closed({ from: Type.Optional(accountId), to: Type.Optional(accountId) }),
  /** Protection of the resources that environments share. */
  protection: closed({
    preventDestroy: Type.Boolean(),
    /** Allows a teardown to delete repositories that contain images. */
    emptyOnDestroy: Type.Boolean(),
    keyDeletionDays: count(7, 30),
  }),
});
