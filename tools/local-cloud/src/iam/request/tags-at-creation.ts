import type { AwsCall, Parameters } from './aws-call';

/** Tags of a request, whichever form the service has for them. */
export function tagsOf(parameters: Parameters): ReadonlyMap<string, string> {
  const [, tags] =
    Object.entries(parameters).find(([name]) =>
      /^(Resource|BackupPlan|BackupVault|Secret|HostedZone)?Tags?(List|s)?$/i.test(name),
    ) ?? [];
  const specified = [parameters['TagSpecification']]
    .flat()
    .flatMap((each) => [((each ?? {}) as Parameters)['Tag']].flat());
  const listed = Array.isArray(tags) ? [...tags, ...specified] : specified;
  const pairs = listed.filter(Boolean).map((tag) => {
    const { Key, key, TagKey, Value, value, TagValue } = tag as Record<string, string>;
    return [Key ?? key ?? TagKey ?? '', Value ?? value ?? TagValue ?? ''] as const;
  });
  return new Map(
    typeof tags === 'object' && tags !== null && !Array.isArray(tags)
      ? (Object.entries(tags) as [string, string][])
      : pairs,
  );
}

/**
 * The action that a service checks too if something is tagged while it is created; services that are not listed
 * check the creation alone.
 */
const tagActions: Readonly<Record<string, string>> = {
  'application-autoscaling': 'application-autoscaling:TagResource',
  acm: 'acm:AddTagsToCertificate',
  autoscaling: 'autoscaling:CreateOrUpdateTags',
  backup: 'backup:TagResource',
  batch: 'batch:TagResource',
  budgets: 'budgets:TagResource',
  ce: 'ce:TagResource',
  chatbot: 'chatbot:TagResource',
  cloudwatch: 'cloudwatch:TagResource',
  'cognito-idp': 'cognito-idp:TagResource',
  dynamodb: 'dynamodb:TagResource',
  ec2: 'ec2:CreateTags',
  ecr: 'ecr:TagResource',
  ecs: 'ecs:TagResource',
  elasticloadbalancing: 'elasticloadbalancing:AddTags',
  events: 'events:TagResource',
  guardduty: 'guardduty:TagResource',
  kms: 'kms:TagResource',
  logs: 'logs:TagResource',
  sagemaker: 'sagemaker:AddTags',
  secretsmanager: 'secretsmanager:TagResource',
  sns: 'sns:TagResource',
  sqs: 'sqs:TagQueue',
  ssm: 'ssm:AddTagsToResource',
  wafv2: 'wafv2:TagResource',
  xray: 'xray:TagResource',
};

/** Resource types of IAM that are tagged at creation. */
const identityTags = /^Create(Role|Policy|InstanceProfile|OpenIDConnectProvider)$/;

export function tagActionOf({ service, operation, parameters }: AwsCall): string | undefined {
  if (tagsOf(parameters).size === 0 || /Tags?(Resource)?$/.test(operation)) return undefined;
  const [, identity] = identityTags.exec(operation) ?? [];
  if (service === 'iam') return identity && `iam:Tag${identity}`;
  return /^(Create|Register|Put|Run|Allocate|Request)/.test(operation)
    ? tagActions[service]
    : undefined;
}
