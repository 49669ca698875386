import type { PlanJson, PlannedChange, PlannedResource } from '../terraform/plan-json';
import { isContainer, isNothing, markOf, valueAt } from './json-shape';

/**
 * Attributes that are secrets and that the AWS provider does not mark as sensitive, or did not always, by type.
 * A path goes through lists as if they were not there. This is about what a value is: the word "password" or
 * "token" in a name hides nothing, because password policies and token lifetimes have to be reviewed.
 */
const knownSecrets: Readonly<Record<string, readonly string[]>> = {
  aws_cloudfront_distribution: ['origin.custom_header.value'],
  aws_cognito_identity_provider: ['provider_details.client_secret', 'provider_details.private_key'],
  aws_db_instance: ['password'],
  aws_iam_access_key: ['secret', 'ses_smtp_password_v4'],
  aws_iam_user_login_profile: ['password'],
  aws_rds_cluster: ['master_password'],
  aws_secretsmanager_secret_version: ['secret_string', 'secret_binary'],
};

/** The plan with these attributes marked as sensitive too. */
export function markKnownSecrets<Plan extends PlanJson>(plan: Plan): Plan {
  const { resource_changes: changes, resource_drift: drift } = plan;
  return {
    ...plan,
    ...(changes ? { resource_changes: changes.map(markResource) } : {}),
    ...(drift ? { resource_drift: drift.map(markResource) } : {}),
  };
}

function markResource(resource: PlannedResource): PlannedResource {
  const paths = knownSecrets[resource.type];
  if (!paths) return resource;
  const change = paths.map((path) => path.split('.')).reduce(markPath, resource.change);
  return { ...resource, change };
}

function markPath(change: PlannedChange, path: readonly string[]): PlannedChange {
  const { before, after, before_sensitive, after_sensitive } = change;
  return {
    ...change,
    before_sensitive: marked(before_sensitive, before, path),
    after_sensitive: marked(after_sensitive, after, path),
  };
}

function marked(marks: unknown, value: unknown, path: readonly string[]): unknown {
  const [key, ...rest] = path;
  if (marks === true || isNothing(value)) return marks;
  if (key === undefined) return true;
  if (Array.isArray(value))
    return value.map((each, index) => marked(markOf(marks, index), each, path));
  if (!isContainer(value)) return marks;
  return {
    ...(isContainer(marks) ? marks : {}),
    [key]: marked(markOf(marks, key), valueAt(value, key), rest),
  };
}
