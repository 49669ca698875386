import Type from 'typebox';
import { choice, closed, count, days } from './schema-terms';

const backupRule = closed({
  name: Type.String({ pattern: '^[a-z][a-z-]{1,30}$' }),
  /** As AWS writes it, in UTC: `cron(0 5 * * ? *)`. */
  schedule: Type.String({ pattern: '^cron\\([^()]+\\)$' }),
  /** Keeps what is needed to restore S3 to any second within `deleteAfterDays`, 35 at most. */
  continuous: Type.Boolean(),
  /** Cold storage is cheaper and is paid for at least 90 days. */
  coldAfterDays: Type.Optional(days),
  deleteAfterDays: days,
});

export const backup = closed({
  rules: Type.Array(backupRule, { minItems: 1 }),
  /** No recovery point can be deleted before. */
  minimumRetentionDays: days,
  /**
   * Absent: the vault's lock can be lifted by who may change it (governance). Given: that many days after
   * the apply it can no more, and the vault outlives the account's wish to be rid of it (compliance).
   */
  immutableAfterDays: Type.Optional(count(3, 36_500)),
});

/** What outlives releases: how long it is kept, how it is recovered, who gets in. */
export const data = closed({
  pointInTimeRecoveryDays: count(1, 35),
  noncurrentVersionDays: days,
  accessLogDays: days,
  backup,
  /** Which keys of the table are hot; billed by the event. */
  contributorInsights: Type.Boolean(),
  queues: closed({
    visibilitySeconds: count(30, 43_200),
    maxReceives: count(1, 1000),
    retentionDays: count(1, 14),
  }),
  auth: closed({
    mfa: choice('OFF', 'OPTIONAL', 'ON'),
    passwordMinimumLength: count(12, 99),
    /** How many earlier passwords may not come back. */
    passwordHistory: count(0, 24),
    /** Cognito's threat protection; anything but OFF is billed per active user. */
    threatProtection: choice('OFF', 'AUDIT', 'ENFORCED'),
    accessTokenMinutes: count(5, 1440),
    refreshTokenDays: count(1, 3650),
  }),
  /** Renewed in three deploys, so that no task refuses another's cursors (docs/runbook.md). */
  cursorKey: closed({
    /** Raise it to have the next apply write a new key. */
    version: count(1, 1_000_000),
    /** What the key before this one still does; it exists from version 2 on. */
    previous: choice('none', 'opens', 'signs'),
  }),
  /** Who renews the cursor key; with `none`, a raised version in the code does. */
  cursorKeyRotation: Type.Union([
    Type.Literal('none'),
    closed({
      lambdaArn: Type.String({ pattern: '^arn:aws:lambda:' }),
      days: count(1, 1000),
    }),
  ]),
});
