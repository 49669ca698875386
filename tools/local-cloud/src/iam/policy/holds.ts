import { conditionOperators } from './condition-operators';
import type { AccessRequest, Condition } from './policy';
import { resolveVariables } from './policy-variables';

/**
 * Whether a condition holds for a request. If the request lacks the key, AWS takes it as not matched: a negated operator,
 * `…IfExists` and `ForAllValues` hold, all others do not.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 */
export function holds(condition: Condition, context: AccessRequest['context']): boolean {
  const { operator, qualifier, ifExists, key, values } = condition;
  const sent = context.get(key) ?? [];
  if (operator === 'Null')
    return values.some((value) => (value.toLowerCase() === 'true') === (sent.length === 0));
  const { matches, negated } = conditionOperators.get(operator) ?? never;
  if (sent.length === 0)
    return ifExists || qualifier === 'ForAllValues' || (negated && qualifier === undefined);
  const patterns = values.flatMap((value) => resolveVariables(value, context) ?? []);
  const passes = (value: string) => patterns.some((pattern) => matches(pattern, value)) !== negated;
  // A negated operator without a qualifier holds if no value matches.
  return qualifier === 'ForAllValues' || (negated && qualifier === undefined)
    ? sent.every(passes)
    : sent.some(passes);
}

const never = { matches: () => false, negated: false };
