import Type from 'typebox';
import { choice, closed, count, days } from './schema-terms';

const backupRule = closed({
  name: Type.String({ pattern: '^[a-z][a-z-]{1,30}$' }),
  /** In UTC, e.g. `cron(0 5 * * ? *)`. */
  schedule: Type.String({ pattern: '^cron\\([^()]+\\)$' }),
  /** Allows restoring S3 to any second within `deleteAfterDays`, which must be at most 35. */
  continuous: Type.Boolean(),
  /** Cold storage is cheaper but billed for at least 90 days. */
  coldAfterDays: Type.Optional(days),
  deleteAfterDays: days,
});

const backup = closed({
  rules: Type.Array(backupRule, { minItems: 1 }),
  /** No recovery point can be deleted earlier. */
  minimumRetentionDays: days,
  /**
   * Absent: the vault's lock can be removed by those with permission (governance). Set: that many days
   * after the apply, neither it nor the vault can be removed (compliance).
   */
  immutableAfterDays: Type.Optional(count(3, 36_500)),
});

/** The data stack: retention, recovery, queues and authentication. */
export const data = closed({
  pointInTimeRecoveryDays: count(1, 35),
  noncurrentVersionDays: days,
  accessLogDays: days,
  backup,
  /** Shows hot keys of the table; billed per event. */
  contributorInsights: Type.Boolean(),
  queues: closed({
    visibilitySeconds: count(30, 43_200),
    maxReceives: count(1, 1000),
    retentionDays: count(1, 14),
  }),
  auth: closed({
    /** Sender of confirmation codes. Cognito's own sends at most 50 mails per day and account. */
    email: Type.Union([
      closed({ kind: Type.Literal('cognito') }),
      closed({
        kind: Type.Literal('ses'),
        /** A verified domain or address of SES, which must be out of its sandbox. */
        identityArn: Type.String({ pattern: '^arn:aws:ses:[a-z0-9-]+:\\d{12}:identity/[^/]+$' }),
        from: Type.String({ pattern: '^[^@\\s]+@[^@\\s]+\\.[a-z]+$' }),
      }),
    ]),
    mfa: choice('OFF', 'OPTIONAL', 'ON'),
    passwordMinimumLength: count(12, 99),
    /** Number of previous passwords that cannot be reused. */
    passwordHistory: count(0, 24),
    /** Cognito's threat protection; anything but OFF is billed per active user. */
    threatProtection: choice('OFF', 'AUDIT', 'ENFORCED'),
    accessTokenMinutes: count(5, 1440),
    refreshTokenDays: count(1, 3650),
  }),
  /** Rotated in three deploys, so that no task rejects another's cursors (docs/runbook.md). */
  cursorKey: closed({
    /** Increase it to make the next apply write a new key. */
    version: count(1, 1_000_000),
    /** The role of the previous key, which exists from version 2 on. */
    previous: choice('none', 'opens', 'signs'),
  }),
  /** Automatic rotation of the cursor key; with `none`, only by increasing its version. */
  cursorKeyRotation: Type.Union([
    Type.Literal('none'),
    closed({
      lambdaArn: Type.String({ pattern: '^arn:aws:lambda:' }),
      days: count(1, 1000),
    }),
  ]),
});
