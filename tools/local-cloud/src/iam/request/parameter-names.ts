import { textsOf, type AwsCall, type Parameters } from './aws-call';

/** Placeholder of an ARN → what the call has for it. */
export type Names = Readonly<Record<string, readonly string[]>>;

/** Parameters that are called otherwise than the placeholder: service → placeholder → parameters. */
const otherNames: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  autoscaling: { GroupFriendlyName: ['AutoScalingGroupName', 'AutoScalingGroupNames'] },
  batch: {
    ComputeEnvironmentName: ['computeEnvironment', 'computeEnvironments'],
    JobDefinitionName: ['jobDefinition', 'jobDefinitions'],
    JobQueueName: ['jobQueue', 'jobQueues'],
  },
  chatbot: { ChatbotConfigurationName: ['ConfigurationName'] },
  dynamodb: { TableName: ['ResourceArn'] },
  ecs: {
    CapacityProviderName: ['name', 'capacityProvider', 'capacityProviders'],
    ClusterName: ['cluster', 'clusters'],
    ServiceName: ['service', 'services'],
    TaskId: ['task', 'tasks'],
  },
  elasticloadbalancing: { LoadBalancerName: ['Name'], TargetGroupName: ['Name'] },
  events: { RuleName: ['Name', 'Rule'] },
  route53: { Id: ['HostedZoneId', 'HealthCheckId', 'ResourceId'] },
  sns: { TopicName: ['Name'] },
  ssm: { ParameterNameWithoutLeadingSlash: ['Name', 'Names'] },
};

/** What a call has for a placeholder of its service's ARNs, e.g. `QueueName`. */
export function namesFor(
  placeholder: string,
  { service, operation }: AwsCall,
  parameters: Parameters,
): readonly string[] {
  const own = ownRule(`${service}:${placeholder}`, operation, parameters);
  if (own) return own;
  const plain = placeholder.replace(/WithPath$/, '');
  const names = otherNames[service]?.[placeholder] ?? [];
  const found = textsOf(parameters, plain, `${plain}s`, ...names);
  return found.map((text) => (text.startsWith('arn:') ? lastSegment(text) : text));
}

/** Placeholders that are part of a parameter, or depend on another one. */
function ownRule(
  placeholder: string,
  operation: string,
  parameters: Parameters,
): readonly string[] | undefined {
  const texts = (...names: string[]) => textsOf(parameters, ...names);
  const first = (...names: string[]) => texts(...names)[0];
  switch (placeholder) {
    case 'autoscaling:GroupFriendlyName': {
      const { Tags } = parameters;
      const tagged = Array.isArray(Tags)
        ? Tags.flatMap((tag) => textsOf(tag as Parameters, 'ResourceId'))
        : [];
      return operation.endsWith('Tags') && tagged.length > 0 ? tagged : undefined;
    }
    case 'ecs:ClusterName':
      return texts('cluster', 'clusters', 'clusterName').length === 0 ? ['default'] : undefined;
    case 'ecs:TaskDefinitionFamilyName':
      return texts('family', 'taskDefinition').map((text) => revision(text)[0]);
    case 'ecs:TaskDefinitionRevisionNumber':
      return texts('family', 'taskDefinition').map((text) => revision(text)[1]);
    // Rules of the default bus have an ARN without it, even if the call names it.
    case 'events:EventBusName':
      return texts('EventBusName').filter((name) => name !== 'default');
    case 'budgets:BudgetName':
      return textsOf((parameters['Budget'] ?? parameters) as Parameters, 'BudgetName');
    case 'iam:RoleNameWithPath':
    case 'iam:PolicyNameWithPath':
    case 'iam:InstanceProfileNameWithPath': {
      const name = first(placeholder.slice('iam:'.length, -'WithPath'.length));
      const path = first('Path')?.slice(1) ?? '';
      if (operation === 'CreateServiceLinkedRole')
        return [`aws-service-role/${first('AWSServiceName') ?? '*'}/*`];
      return name === undefined ? undefined : [`${path}${name}`];
    }
    case 'secretsmanager:SecretId': {
      const name = first('SecretId', 'Name');
      // AWS appends six random characters.
      return name === undefined
        ? undefined
        : [name.startsWith('arn:') ? lastSegment(name) : `${name}-??????`];
    }
    case 'sqs:QueueName':
      return texts('QueueUrl', 'QueueName').map((text) => text.split('/').pop() ?? text);
    case 'ssm:ParameterNameWithoutLeadingSlash':
      return texts('Name', 'Names', 'ResourceId').map((text) =>
        text.replace(/^arn:[^/]*:parameter\//, '').replace(/^\//, ''),
      );
    case 'xray:SamplingRuleName': {
      const { SamplingRule, SamplingRuleUpdate } = parameters;
      const rule = (SamplingRule ?? SamplingRuleUpdate ?? parameters) as Parameters;
      return textsOf(rule, 'RuleName');
    }
    case 'wafv2:Scope':
      return [first('Scope') === 'CLOUDFRONT' ? 'global' : 'regional'];
    default:
      return undefined;
  }
}

function revision(text: string): readonly [string, string] {
  const [family = '', number = '*'] = lastSegment(text).split(':');
  return [family, number];
}

/** What follows the last slash of an ARN's resource. */
const lastSegment = (text: string): string =>
  text.startsWith('arn:') ? (text.split(':').slice(5).join(':').split('/').pop() ?? text) : text;
