import type {
  Action as ElbAction,
  Listener as ElbListener,
  Rule as ElbRule,
  RuleCondition,
} from '@aws-sdk/client-elastic-load-balancing-v2';
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
  // Authentication comes before the last action; nobody signs in to an embedded AWS.
  const last = Actions.toSorted((a, b) => (a.Order ?? 0) - (b.Order ?? 0)).at(-1);
  const action = last && readAction(last);
  return action && { arn, conditions: Conditions.map(readCondition), action };
}

function readAction(action: ElbAction): Action | undefined {
  const { Type, ForwardConfig, TargetGroupArn, FixedResponseConfig, RedirectConfig } = action;
  switch (Type) {
    case 'forward': {
      const weighted = (ForwardConfig?.TargetGroups ?? []).flatMap((group) =>
        group.TargetGroupArn
          ? [{ targetGroupArn: group.TargetGroupArn, weight: Number(group.Weight ?? 1) }]
          : [],
      );
      const only = TargetGroupArn ? [{ targetGroupArn: TargetGroupArn, weight: 1 }] : [];
      return { kind: 'forward', groups: weighted.length > 0 ? weighted : only };
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

function readCondition(condition: RuleCondition): Condition {
  const { Field, Values = [], HttpHeaderConfig } = condition;
  const or = (values: readonly string[] | undefined) => (values?.length ? values : Values);
  switch (Field) {
    case 'path-pattern':
      return known(Field, or(condition.PathPatternConfig?.Values));
    case 'host-header':
      return known(Field, or(condition.HostHeaderConfig?.Values));
    case 'http-request-method':
      return known(Field, or(condition.HttpRequestMethodConfig?.Values));
    case 'http-header':
      return {
        field: Field,
        name: HttpHeaderConfig?.HttpHeaderName ?? '',
        values: HttpHeaderConfig?.Values ?? [],
      };
    case 'query-string':
      return {
        field: Field,
        pairs: (condition.QueryStringConfig?.Values ?? []).map(({ Key, Value = '' }) => ({
          key: Key,
          value: Value,
        })),
      };
    case 'source-ip':
      return { field: Field, cidrs: or(condition.SourceIpConfig?.Values) };
    default:
      return { field: 'unknown' };
  }
}

const known = (
  field: 'path-pattern' | 'host-header' | 'http-request-method',
  values: readonly string[],
): Condition => (values.length > 0 ? { field, values } : { field: 'unknown' });
