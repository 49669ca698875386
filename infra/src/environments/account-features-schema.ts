import Type from 'typebox';
import { choice, closed, count, days, ownOrExisting } from './schema-terms';

const email = Type.String({ pattern: '^[^@\\s]+@[^@\\s]+\\.[a-z]+$' });

/** What follows the prefix in the `sub` of a token: the GitHub Actions job that requests access. */
const subject = Type.String({ pattern: '^(pull_request|ref:refs/heads/[A-Za-z0-9._/-]+)$' });

/** GitHub Actions, and which of its jobs may assume which role. */
export const github = closed({
  /** An account has one OIDC provider for GitHub, which other projects may use, too. */
  identityProvider: ownOrExisting(
    {},
    {
      arn: Type.String({
        pattern: '^arn:aws:iam::\\d{12}:oidc-provider/token\\.actions\\.githubusercontent\\.com$',
      }),
    },
  ),
  /**
   * Prefix of every `sub`. For repositories created, renamed or moved since June 2026 it includes ids:
   * `repo:<owner>@<owner id>/<name>@<repository id>`; for others it is `repo:<owner>/<name>`.
   */
  subjectPrefix: Type.String({ pattern: '^repo:[A-Za-z0-9-]+(@\\d+)?/[A-Za-z0-9._-]+(@\\d+)?$' }),
  /** Jobs that may plan: they read settings and state but change nothing. */
  planners: Type.Array(subject, { minItems: 1, uniqueItems: true }),
  /** GitHub environments, with our names, whose jobs may deploy to this account and roll back. */
  environments: Type.Array(Type.String({ pattern: '^[a-z][a-z0-9]{1,15}$' }), {
    minItems: 1,
    uniqueItems: true,
  }),
});

const detectorFeature = choice(
  'S3_DATA_EVENTS',
  'EBS_MALWARE_PROTECTION',
  /** On Fargate only: the agent for EC2 would need Systems Manager associations on the GPU hosts. */
  'RUNTIME_MONITORING',
);

export const threatDetection = closed({
  /** GuardDuty has one detector per account and region; Organizations may have created it. */
  detector: ownOrExisting(
    {
      /** How often a recurring finding is published again. */
      repeatFindings: choice('FIFTEEN_MINUTES', 'ONE_HOUR', 'SIX_HOURS'),
    },
    { id: Type.String({ pattern: '^[0-9a-f]{32}$' }) },
  ),
  /** Features that we enable; none if Organizations does. */
  features: Type.Array(detectorFeature, { uniqueItems: true }),
  /** Minimum severity (1 to 10 in GuardDuty) that notifies. */
  alertFromSeverity: count(1, 10),
});

export const spending = closed({
  monthlyUsd: count(1, 10_000_000),
  /** Percentages of the monthly budget at which actual spending notifies. */
  actualPercents: Type.Array(count(1, 1000), { minItems: 1, uniqueItems: true }),
  /** Percentages of the monthly budget at which the forecast notifies. */
  forecastPercents: Type.Array(count(1, 1000), { uniqueItems: true }),
  /** Smallest impact of a cost anomaly that notifies. */
  anomalyUsd: count(1, 1_000_000),
  /** AWS allows one monitor of all services per account, and creates it in new accounts. */
  anomalyMonitor: ownOrExisting(
    {},
    { arn: Type.String({ pattern: '^arn:aws:ce::\\d{12}:anomalymonitor/[0-9a-f-]{36}$' }) },
  ),
});

/** CloudTrail with the accesses to health data; the trail of an organisation may record them already. */
export const auditTrail = ownOrExisting({ keepDays: days }, {});

/** S3's public access block and EBS encryption for the account; a landing zone may manage them. */
export const guardRails = ownOrExisting({}, {});

/** Recipients of security and cost alerts. Each address has to confirm its SNS subscription. */
export const accountAlerts = closed({
  emails: Type.Array(email, { minItems: 1, uniqueItems: true }),
});
