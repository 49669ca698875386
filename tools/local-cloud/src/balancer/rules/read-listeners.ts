import type {
  Action as ElbAction,
  Listener as ElbListener,
  Rule as ElbRule,
  RuleCondition,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { LocalCloudError } from '../../errors/local-cloud-error';
import type { Action, Condition, Listener, Rule } from './listener';

/** A listener with its rules as the API describes them; undefined if it is not HTTP. */
export function readListener(
  listener: ElbListener,
  rules: readonly ElbRule[],
): Listener | undefined {
  const { ListenerArn: arn = '', Port: port = 80, Protocol: protocol } = listener;
  if (protocol !== 'HTTP' && protocol !== 'HTTPS') return undefined;
  const byPriority = rules
    .filter(({ IsDefault, Priority }) => !IsDefault && Priority !== 'default')
    .toSorted((a, b) => Number(a.Priority) - Number(b.Priority));
  const standard = { RuleArn: arn, Actions: listener.DefaultActions ?? [] };
  return {
    arn,
    port,
    protocol,
    rules: [...byPriority, standard].flatMap((rule) => readRule(rule) ?? []),
  };
}

function readRule({ RuleArn: arn = '', Conditions = [], Actions = [] }: ElbRule): Rule | undefined {
  const last = Actions.toSorted((a, b) => (a.Order ?? 0) - (b.Order ?? 0)).at(-1);
  const action = last && readAction(last);
  return action && { arn, conditions: Conditions.map(readCondition), action };
}

function readAction(action: ElbAction): Action | undefined {
  const { Type, ForwardConfig, TargetGroupArn, FixedResponseConfig, RedirectConfig } = action;
  switch (Type) {
    case 'forward': {
      const targetGroupArn = TargetGroupArn ?? ForwardConfig?.TargetGroups?.[0]?.TargetGroupArn;
      return targetGroupArn === undefined ? undefined : { kind: 'forward', targetGroupArn };
    }
    case 'fixed-response':
      return {
        kind: 'fixed-response',
        status: Number(FixedResponseConfig?.StatusCode ?? 503),
        contentType: FixedResponseConfig?.ContentType ?? 'text/plain',
        body: FixedResponseConfig?.MessageBody ?? '',
      };
    case 'redirect':
      return {
        kind: 'redirect',
        status: RedirectConfig?.StatusCode === 'HTTP_302' ? 302 : 301,
        protocol: RedirectConfig?.Protocol ?? '#{protocol}',
        host: RedirectConfig?.Host ?? '#{host}',
        port: RedirectConfig?.Port ?? '#{port}',
        path: RedirectConfig?.Path ?? '/#{path}',
        query: RedirectConfig?.Query ?? '#{query}',
      };
    default:
      return undefined;
  }
}

/** @throws LocalCloudError if the load balancers here cannot match by it */
function readCondition({
  Field,
  Values = [],
  PathPatternConfig,
  HostHeaderConfig,
}: RuleCondition): Condition {
  if (Field !== 'path-pattern' && Field !== 'host-header')
    throw new LocalCloudError(
      `The rule condition ${Field ?? ''} is not supported by the embedded AWS.`,
    );
  const configured = (Field === 'path-pattern' ? PathPatternConfig : HostHeaderConfig)?.Values;
  return { field: Field, values: configured?.length ? configured : Values };
}
