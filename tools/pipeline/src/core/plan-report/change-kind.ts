import type { PlannedResource } from './plan-document';

/** What happens to a resource, in the order in which reviewers should see it. */
export const changeKinds = [
  'replace',
  'destroy',
  'forget',
  'change',
  'add',
  'import',
  'move',
] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** @returns undefined for resources that are only read or do not change */
export function kindOf({
  mode,
  previous_address: previous,
  change,
}: PlannedResource): ChangeKind | undefined {
  const { actions, importing } = change;
  if (mode === 'data') return undefined;
  const creates = actions.includes('create');
  // A replacement may only forget the old object; to a reviewer it is replaced all the same.
  if (creates && (actions.includes('delete') || actions.includes('forget'))) return 'replace';
  if (creates) return 'add';
  if (actions.includes('delete')) return 'destroy';
  if (actions.includes('forget')) return 'forget';
  if (actions.includes('update')) return 'change';
  if (importing) return 'import';
  return previous === undefined ? undefined : 'move';
}

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
