import type { ActionDefinition, ResourceType } from '../authorization';
import { matchesArn } from '../policy/match-arn';
import { allTexts, textsOf, type AwsCall, type Parameters } from './aws-call';
import { namesFor } from './parameter-names';

/**
 * The ARNs on which a call needs an action, by the action's resource types: ARNs among the parameters, or else ARNs
 * made of names among them. What has no name yet, because the call creates it, is `*`.
 */
export function deriveResources(
  call: AwsCall,
  { resourceTypes }: ActionDefinition,
  parameters: Parameters,
): readonly string[] {
  const types = typesOf(resourceTypes, call, parameters);
  const [first] = types;
  if (!first) return ['*'];
  const sent = types.flatMap((type) =>
    arnsAmong(
      parameters,
      fill(type.arn, call, () => '*'),
    ),
  );
  if (sent.length > 0) return [...new Set(sent)];
  const named = types.map((type) => arnsByName(type, call, parameters));
  // EC2 checks what it creates and what it creates it in.
  const hasName = call.service !== 'ec2' && named.some((arns) => arns.length > 0);
  const found = types.flatMap((type, index) => {
    const arns = named[index] ?? [];
    return arns.length === 0 && type.required && !hasName ? [unnamed(type, call)] : arns;
  });
  return found.length > 0 ? [...new Set(found)] : [unnamed(first, call)];
}

/** The types that the call is about: its parameter `ResourceType` or its operation may name one of them. */
function typesOf(
  types: readonly ResourceType[],
  { service, operation }: AwsCall,
  parameters: Parameters,
): readonly ResourceType[] {
  const [chosen = ''] = textsOf(parameters, 'ResourceType');
  const isNamed =
    (text: string) =>
    ({ name }: ResourceType): boolean =>
      text.toLowerCase().includes(name.replaceAll('-', ''));
  const named = types.filter(isNamed(chosen === '' ? operation : chosen));
  return service === 'ec2' || named.length === 0 ? types : named;
}

const arnsAmong = (parameters: Parameters, shape: string): readonly string[] =>
  allTexts(parameters)
    .map(([, text]) => text)
    .filter((text) => text.startsWith('arn:') && matchesArn(shape, text));

function arnsByName(type: ResourceType, call: AwsCall, parameters: Parameters): readonly string[] {
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
