import type { ActionDefinition, ResourceType } from '../authorization';
import { matchesArn } from '../policy/match-arn';
import { allTexts, type AwsCall, type Parameters } from './aws-call';
import { namesFor } from './parameter-names';

/**
 * The ARNs on which a call needs an action, by the action's resource types: ARNs among the parameters, then ARNs
 * made of names among them. What has no name yet, because the call creates it, is `*`.
 */
export function deriveResources(
  call: AwsCall,
  { resourceTypes }: ActionDefinition,
  parameters: Parameters,
): readonly string[] {
  if (resourceTypes.length === 0) return ['*'];
  const arns = allTexts(parameters)
    .map(([, text]) => text)
    .filter((text) => text.startsWith('arn:'));
  const named = resourceTypes.map((type) => ({ type, arns: arnsOf(type, call, parameters, arns) }));
  const found = named.flatMap(({ type, arns: own }) =>
    own.length > 0 ? own : type.required ? [unnamed(type, call)] : [],
  );
  const [first] = resourceTypes;
  return [...new Set(found.length > 0 || !first ? found : [unnamed(first, call)])];
}

function arnsOf(
  type: ResourceType,
  call: AwsCall,
  parameters: Parameters,
  arns: readonly string[],
): readonly string[] {
  const shape = fill(type.arn, call, () => '*');
  const sent = arns.filter((arn) => matchesArn(shape, arn));
  if (sent.length > 0) return sent;
  const placeholders = placeholdersOf(type.arn);
  const lists = placeholders.map((name) => namesFor(name, call, parameters));
  const complete = lists.every(
    (list, index) => list.length > 0 || isAssigned(placeholders[index] ?? '', placeholders.length),
  );
  if (!complete) return [];
  const length = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length }, (_, index) =>
    fill(type.arn, call, (name) => {
      const list = lists[placeholders.indexOf(name)] ?? [];
      return list[index] ?? list[0] ?? '*';
    }),
  );
}

/** AWS assigns ids and revisions of what has a name as well; a policy can only have `*` there. */
const isAssigned = (placeholder: string, count: number): boolean =>
  count > 1 && /(Id|Revision|RevisionNumber)$/.test(placeholder);

const unnamed = (type: ResourceType, call: AwsCall): string => fill(type.arn, call, () => '*');

const common = ['Partition', 'Region', 'Account'];
const placeholder = /\$\{(\w+)\}/g;

const placeholdersOf = (arn: string): readonly string[] =>
  [...arn.matchAll(placeholder)]
    .map(([, name = '']) => name)
    .filter((name) => !common.includes(name));

function fill(arn: string, { region, account }: AwsCall, value: (name: string) => string): string {
  return arn.replace(placeholder, (_, name: string) => {
    if (name === 'Partition') return 'aws';
    if (name === 'Region') return region;
    return name === 'Account' ? account : value(name);
  });
}
