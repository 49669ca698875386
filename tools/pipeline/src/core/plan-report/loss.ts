import { kindOf } from '../terraform/change-kind';
import type { PlannedResource } from '../terraform/plan-json';

/** Destroying one of these destroys data, or the key to it, which no apply can restore. */
const statefulTypes = new Set([
  'aws_backup_vault',
  'aws_cognito_user_pool',
  'aws_docdb_cluster',
  'aws_dynamodb_global_table',
  'aws_dynamodb_table',
  'aws_ebs_volume',
  'aws_ecr_repository',
  'aws_efs_file_system',
  'aws_kms_key',
  'aws_kms_replica_key',
  'aws_opensearch_domain',
  'aws_redshift_cluster',
  'aws_s3_bucket',
  'aws_secretsmanager_secret',
]);
const statefulFamilies = /^aws_(db|rds|elasticache|memorydb|neptune)_.*(instance|cluster|group)$/;

export function isStateful(type: string): boolean {
  return statefulTypes.has(type) || statefulFamilies.test(type);
}

/** Whether this change destroys data that cannot be restored. */
export function losesData(resource: PlannedResource): boolean {
  const kind = kindOf(resource);
  return (kind === 'destroy' || kind === 'replace') && isStateful(resource.type);
}
