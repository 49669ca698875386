import { namelessCreations } from './nameless-creations';
import { terraformReads } from './terraform-reads';

const settingsOnly = 'Terraform reads how things are set up, whatever their names.';

/**
 * Actions for which AWS knows no resource narrower than `*`, each with the reason. No other action may
 * have that resource: `leastPrivilegePolicy` refuses it, and the policy tests read the result.
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
  'cloudwatch:PutMetricData': 'Metrics have no ARN; a condition names the namespaces.',
  'ec2:DescribeDhcpOptions': 'EC2 has no resource for its Describe actions.',
  'ec2:DescribeNetworkInterfaces': 'EC2 has no resource for its Describe actions.',
  'ec2:DescribeSecurityGroups': 'EC2 has no resource for its Describe actions.',
  'ec2:DescribeSubnets': 'EC2 has no resource for its Describe actions.',
  'ec2:DescribeVpcs': 'EC2 has no resource for its Describe actions.',
  'events:ListRules': 'Rules are listed for a whole bus; AWS Backup finds its own among them.',
  'ecr:GetAuthorizationToken': 'The token is for the whole registry.',
  'ecs:DiscoverPollEndpoint': 'A host asks where to report before it belongs to a cluster.',
  's3:ListAllMyBuckets': 'Buckets are listed for the whole account.',
  'ssmmessages:CreateControlChannel': 'Channels of Session Manager have no ARN.',
  'ssmmessages:CreateDataChannel': 'Channels of Session Manager have no ARN.',
  'ssmmessages:OpenControlChannel': 'Channels of Session Manager have no ARN.',
  'ssmmessages:OpenDataChannel': 'Channels of Session Manager have no ARN.',
  'xray:GetSamplingRules': 'A client takes all the rules and finds its own.',
  'xray:GetSamplingStatisticSummaries': 'Statistics are of the account.',
  'xray:GetSamplingTargets': 'A client asks for all its rules at once.',
  'xray:PutTelemetryRecords': 'Traces have no ARN.',
  'xray:PutTraceSegments': 'Traces have no ARN.',
};
