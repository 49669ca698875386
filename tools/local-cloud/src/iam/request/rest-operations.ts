import type { Parameters } from './aws-call';

/**
 * Operations of the REST services that our stacks use, as `METHOD path operation`, from the API models of AWS
 * (https://github.com/aws/api-models-aws). Batch, Chatbot and most of X-Ray have the operation as path instead.
 */
const routes: Readonly<Record<string, string>> = {
  backup: `
    PUT /backup/plans CreateBackupPlan
    GET /backup/plans ListBackupPlans
    GET /backup/plans/{BackupPlanId} GetBackupPlan
    POST /backup/plans/{BackupPlanId} UpdateBackupPlan
    DELETE /backup/plans/{BackupPlanId} DeleteBackupPlan
    PUT /backup/plans/{BackupPlanId}/selections CreateBackupSelection
    GET /backup/plans/{BackupPlanId}/selections ListBackupSelections
    GET /backup/plans/{BackupPlanId}/selections/{SelectionId} GetBackupSelection
    DELETE /backup/plans/{BackupPlanId}/selections/{SelectionId} DeleteBackupSelection
    PUT /backup-vaults/{BackupVaultName} CreateBackupVault
    GET /backup-vaults/{BackupVaultName} DescribeBackupVault
    DELETE /backup-vaults/{BackupVaultName} DeleteBackupVault
    PUT /backup-vaults/{BackupVaultName}/vault-lock PutBackupVaultLockConfiguration
    DELETE /backup-vaults/{BackupVaultName}/vault-lock DeleteBackupVaultLockConfiguration
    GET /backup-vaults/{BackupVaultName}/recovery-points ListRecoveryPointsByBackupVault
    PUT /backup-jobs StartBackupJob
    PUT /restore-jobs StartRestoreJob
    GET /tags/{ResourceArn} ListTags
    POST /tags/{ResourceArn} TagResource
    POST /untag/{ResourceArn} UntagResource`,
  batch: `
    GET /v1/tags/{ResourceArn} ListTagsForResource
    POST /v1/tags/{ResourceArn} TagResource
    DELETE /v1/tags/{ResourceArn} UntagResource`,
  guardduty: `
    POST /detector CreateDetector
    GET /detector ListDetectors
    GET /detector/{DetectorId} GetDetector
    POST /detector/{DetectorId} UpdateDetector
    DELETE /detector/{DetectorId} DeleteDetector
    POST /detector/{DetectorId}/coverage ListCoverage
    GET /tags/{ResourceArn} ListTagsForResource
    POST /tags/{ResourceArn} TagResource
    DELETE /tags/{ResourceArn} UntagResource`,
  route53: `
    POST /2013-04-01/healthcheck CreateHealthCheck
    GET /2013-04-01/healthcheck/{HealthCheckId} GetHealthCheck
    POST /2013-04-01/healthcheck/{HealthCheckId} UpdateHealthCheck
    DELETE /2013-04-01/healthcheck/{HealthCheckId} DeleteHealthCheck
    POST /2013-04-01/hostedzone CreateHostedZone
    GET /2013-04-01/hostedzone ListHostedZones
    GET /2013-04-01/hostedzonesbyname ListHostedZonesByName
    GET /2013-04-01/hostedzone/{HostedZoneId} GetHostedZone
    POST /2013-04-01/hostedzone/{HostedZoneId} UpdateHostedZoneComment
    DELETE /2013-04-01/hostedzone/{HostedZoneId} DeleteHostedZone
    GET /2013-04-01/hostedzone/{HostedZoneId}/dnssec GetDNSSEC
    POST /2013-04-01/hostedzone/{HostedZoneId}/rrset ChangeResourceRecordSets
    GET /2013-04-01/hostedzone/{HostedZoneId}/rrset ListResourceRecordSets
    GET /2013-04-01/change/{Id} GetChange
    GET /2013-04-01/tags/{ResourceType}/{ResourceId} ListTagsForResource
    POST /2013-04-01/tags/{ResourceType}/{ResourceId} ChangeTagsForResource`,
  sagemaker: `
    POST /endpoints/{EndpointName}/invocations InvokeEndpoint
    POST /endpoints/{EndpointName}/async-invocations InvokeEndpointAsync`,
  scheduler: `
    POST /schedules/{Name} CreateSchedule
    GET /schedules/{Name} GetSchedule
    PUT /schedules/{Name} UpdateSchedule
    DELETE /schedules/{Name} DeleteSchedule`,
  xray: `
    POST /EncryptionConfig GetEncryptionConfig
    POST /Groups GetGroups
    POST /SamplingStatisticSummaries GetSamplingStatisticSummaries
    POST /SamplingTargets GetSamplingTargets
    POST /TelemetryRecords PutTelemetryRecords
    POST /TraceSegments PutTraceSegments
    POST /TraceSummaries GetTraceSummaries
    POST /Traces BatchGetTraces`,
};

export interface RestOperation {
  /** Case differs from AWS's for operations that are a path. */
  readonly operation: string;
  /** Of the path. */
  readonly parameters: Parameters;
}

/** The operation of a request of a REST service other than S3; undefined if it is not listed. */
export function restOperation(
  service: string,
  method: string,
  path: string,
): RestOperation | undefined {
  const plain = path.replace(/\/+$/, '');
  for (const line of (routes[service] ?? '').trim().split('\n')) {
    const [wanted, template = '', operation = ''] = line.trim().split(' ');
    const found = wanted === method && expressionOf(template).exec(plain);
    if (found) return { operation, parameters: decoded(found.groups ?? {}) };
  }
  const named = method === 'POST' && /^(?:\/v1)?\/([A-Za-z-]+)$/.exec(plain)?.[1];
  return named ? { operation: named.replaceAll('-', ''), parameters: {} } : undefined;
}

/** An ARN in a path may have slashes. */
const expressionOf = (template: string): RegExp =>
  new RegExp(
    `^${template.replace('{ResourceArn}', '(?<ResourceArn>.+)').replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`,
  );

const decoded = (groups: Readonly<Record<string, string>>): Parameters =>
  Object.fromEntries(
    Object.entries(groups).map(([name, text]) => [name, decodeURIComponent(text)]),
  );
