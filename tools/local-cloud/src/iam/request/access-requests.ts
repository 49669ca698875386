import { findAction, type ActionDefinition } from '../authorization';
import type { AccessRequest } from '../policy/policy';
import { actionsOfCall, needsNoPermission } from './actions-of-call';
import { textsOf, type AwsCall, type NeededAction } from './aws-call';
import { callKeys, contextFrom, contextOf } from './context-keys';
import { dependentActions } from './dependent-actions';
import { deriveResources } from './derive-resources';
import { passedRoles } from './passed-roles';
import { tagActionOf } from './tags-at-creation';

/** What a call asks for; `unmapped` has actions that the service authorization reference does not have. */
export interface MappedCall {
  readonly requests: readonly AccessRequest[];
  readonly unmapped: readonly string[];
}

/** Maps a call to everything that AWS checks before it answers. */
export async function accessRequests(call: AwsCall): Promise<MappedCall> {
  if (needsNoPermission(call)) return { requests: [], unmapped: [] };
  const requests: AccessRequest[] = passedRoles(call).map(({ arn, service }) => ({
    action: 'iam:PassRole',
    resource: arn,
    context: contextFrom([['iam:PassedToService', [service]]]),
  }));
  const unmapped: string[] = [];
  const [main, ...others] = actionsOfCall(call);
  const tagAction = tagActionOf(call);
  for (const needed of [main, ...others]) {
    if (!needed) continue;
    const definition = await findAction(needed.action);
    if (!definition) unmapped.push(needed.action);
    else
      requests.push(
        ...requestsFor(call, needed, definition, resourcesOf(call, needed, definition)),
      );
  }
  if (main && tagAction) requests.push(...(await tagRequests(call, main, tagAction)));
  for (const { action, resource, keys = [] } of dependentActions(call))
    requests.push({ action, resource, context: contextFrom([...callKeys(call), ...keys]) });
  return { requests, unmapped };
}

function requestsFor(
  call: AwsCall,
  { parameters }: NeededAction,
  { action }: ActionDefinition,
  resources: readonly string[],
): readonly AccessRequest[] {
  const context = contextFrom(contextOf(call, parameters));
  return resources.map((resource) => ({ action, resource, context }));
}

/** What is tagged is what is created. */
async function tagRequests(
  call: AwsCall,
  main: NeededAction,
  tagAction: string,
): Promise<readonly AccessRequest[]> {
  const [creation, definition] = await Promise.all([
    findAction(main.action),
    findAction(tagAction),
  ]);
  if (!creation || !definition) return [];
  return requestsFor(
    call,
    main,
    definition,
    createdResources(call, main, creation, definition),
  ).map((request) =>
    call.service === 'ec2'
      ? {
          ...request,
          context: new Map([
            ...request.context,
            ...contextFrom([['ec2:CreateAction', [call.operation]]]),
          ]),
        }
      : request,
  );
}

function createdResources(
  call: AwsCall,
  main: NeededAction,
  creation: ActionDefinition,
  tagging: ActionDefinition,
): readonly string[] {
  const { service, region, account, parameters } = call;
  if (service === 'ec2')
    return [parameters['TagSpecification']].flat().flatMap((each) => {
      const [type] = textsOf((each ?? {}) as Record<string, unknown>, 'ResourceType');
      return type === undefined ? [] : [`arn:aws:ec2:${region}:${account}:${type}/*`];
    });
  const [created] = resourcesOf(call, main, creation);
  // A creation that supports no resource: the ARN is that of what it creates.
  const [first = '*'] = created === '*' ? deriveResources(call, tagging, {}) : [created ?? '*'];
  return [first];
}

function resourcesOf(
  call: AwsCall,
  { parameters }: NeededAction,
  definition: ActionDefinition,
): readonly string[] {
  const { service, region, account, keyArn } = call;
  if (service === 'kms' && keyArn !== undefined)
    return definition.resourceTypes.length === 0 ? ['*'] : [keyArn];
  if (service === 'elasticloadbalancing' && definition.resourceTypes.length > 0) {
    // The reference mixes them with those of classic load balancers, which have other ARNs.
    const named = textsOf(
      parameters,
      'ResourceArns',
      'ListenerArn',
      'LoadBalancerArn',
      'TargetGroupArn',
    );
    if (named.length > 0) return named;
    const [name = '*'] = textsOf(parameters, 'Name');
    const [kind] = textsOf(parameters, 'Type');
    if (call.operation === 'CreateLoadBalancer')
      return [
        `arn:aws:${service}:${region}:${account}:loadbalancer/${kind === 'network' ? 'net' : 'app'}/${name}/*`,
      ];
  }
  // CloudWatch Logs names the stream in the ARN even if the call is about the whole group.
  const group = textsOf(parameters, 'logGroupName')[0];
  if (service === 'logs' && group !== undefined && definition.resourceTypes.length > 0)
    return [
      `arn:aws:logs:${region}:${account}:log-group:${group}:log-stream:${textsOf(parameters, 'logStreamName')[0] ?? ''}`,
    ];
  return deriveResources(call, definition, parameters);
}
