import { namelessCreations } from './nameless-creations';
import { terraformReads } from './terraform-reads';

const settingsOnly = 'Terraform reads settings of resources of any name.';

/**
 * Actions for which AWS supports no resource narrower than `*`, each with the reason. No other action may
 * have that resource: `leastPrivilegePolicy` rejects it, and the policy tests check the result.
 */
export const wildcardResources: Readonly<Record<string, string>> = {
  ...namelessCreations,
  ...Object.fromEntries(
    Object.entries(terraformReads).flatMap(([service, names]) =>
      names.map((name) => [`${service}:${name}`, settingsOnly]),
    ),
  ),
  'cloudwatch:GetMetricData': 'Metrics have no ARN.',
  'cloudwatch:GetMetricStatistics': 'Metrics have no ARN.',
  'cloudwatch:ListMetrics': 'Metrics have no ARN.',
  'cloudwatch:PutMetricData': 'Metrics have no ARN; a condition restricts the namespaces.',
  'ec2:DescribeDhcpOptions': 'EC2 supports no resources for Describe actions.',
  'ec2:DescribeNetworkInterfaces': 'EC2 supports no resources for Describe actions.',
  'ec2:DescribeSecurityGroups': 'EC2 supports no resources for Describe actions.',
  'ec2:DescribeSubnets': 'EC2 supports no resources for Describe actions.',
  'ec2:DescribeVpcs': 'EC2 supports no resources for Describe actions.',
  'events:ListRules': 'Rules are listed for the whole bus; AWS Backup filters its own.',
  'ecr:GetAuthorizationToken': 'The token is for the whole registry.',
  'ecs:DiscoverPollEndpoint': 'A host calls it before it belongs to a cluster.',
  'guardduty:SendSecurityTelemetry': 'The agent sends events of its task, which have no ARN.',
  's3:ListAllMyBuckets': 'Buckets are listed for the whole account.',
  'ssmmessages:CreateControlChannel': 'Channels of Session Manager have no ARN.',
  'ssmmessages:CreateDataChannel': 'Channels of Session Manager have no ARN.',
  'ssmmessages:OpenControlChannel': 'Channels of Session Manager have no ARN.',
  'ssmmessages:OpenDataChannel': 'Channels of Session Manager have no ARN.',
  'xray:PutTelemetryRecords': 'Traces have no ARN.',
  'xray:PutTraceSegments': 'Traces have no ARN.',
};
