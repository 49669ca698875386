import { matchesWildcard } from '../../balancer/rules/wildcard';

/**
 * Whether an ARN matches a pattern. Each of its six parts is matched alone, so that a wildcard does not cross
 * a colon; only the last part, the resource, may have colons. A pattern of fewer parts matches if it ends
 * with `*`, "which can expand beyond the colon boundaries":
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function matchesArn(pattern: string, arn: string): boolean {
  if (pattern === '*') return true;
  const wanted = partsOf(pattern, 6);
  if (wanted.length < 6 && !pattern.endsWith('*')) return matchesWildcard(pattern, arn);
  const actual = partsOf(arn, wanted.length);
  return (
    actual.length === wanted.length &&
    wanted.every((part, index) => matchesWildcard(part, actual[index] ?? ''))
  );
}

/** The parts of an ARN; the last of `count` has the rest, with its colons. */
function partsOf(arn: string, count: number): readonly string[] {
  const parts = arn.split(':');
  return parts.length <= count
    ? parts
    : [...parts.slice(0, count - 1), parts.slice(count - 1).join(':')];
}
