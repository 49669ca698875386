import Type from 'typebox';
import { choice, closed, count } from './schema-terms';

const email = Type.String({ pattern: '^[^@\\s]+@[^@\\s]+\\.[a-z]+$' });

/** What comes after the prefix in the `sub` of a token: which job of GitHub Actions asks. */
const subject = Type.String({ pattern: '^(pull_request|ref:refs/heads/[A-Za-z0-9._/-]+)$' });

/** GitHub Actions, and which of its jobs take on which role. */
export const github = closed({
  /**
   * What a `sub` begins with. Since June 2026 it carries numbers for new, renamed and moved
   * repositories: `repo:<owner>@<owner id>/<name>@<repository id>`; before, `repo:<owner>/<name>`.
   */
  subjectPrefix: Type.String({ pattern: '^repo:[A-Za-z0-9-]+(@\\d+)?/[A-Za-z0-9._-]+(@\\d+)?$' }),
  /** Jobs that may plan: they read settings and state, and change nothing. */
  planners: Type.Array(subject, { minItems: 1, uniqueItems: true }),
  /** GitHub environments, named as ours, whose jobs may deploy to this account and roll back. */
  environments: Type.Array(Type.String({ pattern: '^[a-z][a-z0-9]{1,15}$' }), {
    minItems: 1,
    uniqueItems: true,
  }),
});

const detectorFeature = closed({
  name: choice(
    'S3_DATA_EVENTS',
    'EBS_MALWARE_PROTECTION',
    'RUNTIME_MONITORING',
    'RDS_LOGIN_EVENTS',
    'LAMBDA_NETWORK_LOGS',
    'EKS_AUDIT_LOGS',
  ),
  /** Parts of a feature that are switched on by themselves. */
  also: Type.Array(
    choice('ECS_FARGATE_AGENT_MANAGEMENT', 'EC2_AGENT_MANAGEMENT', 'EKS_ADDON_MANAGEMENT'),
    { uniqueItems: true },
  ),
});

export const threatDetection = closed({
  /** How often a finding that goes on is told again. */
  repeatFindings: choice('FIFTEEN_MINUTES', 'ONE_HOUR', 'SIX_HOURS'),
  features: Type.Array(detectorFeature, { minItems: 1 }),
  /** From which severity (GuardDuty's 1 to 10) a finding calls for a person. */
  alertFromSeverity: count(1, 10),
});

export const spending = closed({
  monthlyUsd: count(1, 10_000_000),
  /** Shares of the month's budget that are told once spent. */
  actualPercents: Type.Array(count(1, 1000), { minItems: 1, uniqueItems: true }),
  /** And once AWS expects them by the month's end. */
  forecastPercents: Type.Array(count(1, 1000), { uniqueItems: true }),
  /** An unusual day is told from this much. */
  anomalyUsd: count(1, 1_000_000),
  /** An account may have one monitor of all services, and AWS makes it for new ones: name it here. */
  existingMonitorArn: Type.Optional(
    Type.String({ pattern: '^arn:aws:ce::\\d{12}:anomalymonitor/' }),
  ),
});

/** Who hears of findings and of money. Each address has to confirm the message that SNS sends it. */
export const accountAlerts = closed({
  emails: Type.Array(email, { minItems: 1, uniqueItems: true }),
});
