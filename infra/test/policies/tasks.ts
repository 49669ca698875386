import type { Arguments } from '../synthesise';
import { block, forEach, type Policy, type SynthesisedEnvironment } from './policy';

interface Container {
  readonly name: string;
  readonly image?: string;
  readonly user?: string;
  readonly privileged?: boolean;
  readonly readonlyRootFilesystem?: boolean;
  readonly linuxParameters?: {
    readonly capabilities?: { readonly add?: string[]; readonly drop?: string[] };
  };
  readonly environment?: readonly { readonly name: string; readonly value: string }[];
}

const secretName = /SECRET|PASSWORD|TOKEN$|PRIVATE|CREDENTIAL|_KEY$|^KEY$/;

const inPlainText = (name: string) => `${name} stands in plain text`;

/** What makes a container a bad neighbour, or a leak. */
function faultsOf(container: Container): readonly string[] {
  const secrets = (container.environment ?? []).filter(({ name }) => secretName.test(name));
  return [
    ...(container.readonlyRootFilesystem === true ? [] : ['its root can be written']),
    ...(container.privileged === true ? ['it is privileged'] : []),
    ...(/^[1-9]\d*(:[1-9]\d*)?$/.test(container.user ?? '') ? [] : ['it may run as root']),
    ...secrets.map(({ name }) => inPlainText(name)),
  ];
}

function keptCapabilities({ linuxParameters }: Container): readonly string[] {
  const { drop, add } = linuxParameters?.capabilities ?? {};
  return drop?.includes('ALL') && !add?.length ? [] : ['it keeps capabilities'];
}

const listed = (faults: readonly string[]) => (faults.length > 0 ? faults.join('; ') : undefined);

const containersOf = (definitions: unknown) => JSON.parse(String(definitions)) as Container[];

const pinned = /@sha256:[0-9a-f]{64}$/;
const variable = /^\$\{var\.([a-z_]+)\}$/;

/** By digest, or by a variable that takes nothing else. */
function isPinned(image: string, stack: string, { stacks }: SynthesisedEnvironment): boolean {
  const name = variable.exec(image)?.[1];
  if (name === undefined) return pinned.test(image);
  const variables = stacks[stack]?.['variable'] as
    Readonly<Record<string, { validation?: readonly { condition: string }[] }>> | undefined;
  const rules = variables?.[name]?.validation ?? [];
  return rules.some(({ condition }) => condition.includes('@sha256:[0-9a-f]{64}$'));
}

/** The images that a resource runs, whatever kind of task it describes. */
function imagesOf(type: string, args: Arguments): readonly string[] {
  if (type === 'aws_ecs_task_definition')
    return containersOf(args['container_definitions']).map(({ image = '' }) => image);
  if (type === 'aws_batch_job_definition')
    return [(JSON.parse(String(args['container_properties'])) as Container).image ?? ''];
  return [String(block(args, 'primary_container')?.['image'])];
}

export const tasks: readonly Policy[] = [
  forEach(
    'containers are hardened and hold no plain secret',
    ['aws_ecs_task_definition'],
    ({ args }) =>
      listed(
        containersOf(args['container_definitions']).flatMap((container) =>
          [...faultsOf(container), ...keptCapabilities(container)].map(
            (fault) => `${container.name}: ${fault}`,
          ),
        ),
      ),
  ),
  // Batch's jobs have no field for capabilities; a user other than root has none to use.
  forEach(
    'Batch jobs are hardened and hold no plain secret',
    ['aws_batch_job_definition'],
    ({ args }) =>
      args['container_properties'] === undefined
        ? 'is of a kind that nobody checks'
        : listed(faultsOf(JSON.parse(String(args['container_properties'])) as Container)),
  ),
  forEach('models hold no plain secret', ['aws_sagemaker_model'], ({ args }) => {
    const variables = Object.keys(block(block(args, 'primary_container'), 'environment') ?? {});
    return listed(variables.filter((name) => secretName.test(name)).map(inPlainText));
  }),
  forEach(
    'what runs is named by its digest',
    ['aws_ecs_task_definition', 'aws_batch_job_definition', 'aws_sagemaker_model'],
    ({ stack, type, args }, environment) =>
      listed(
        imagesOf(type, args)
          .filter((image) => !isPinned(image, stack, environment))
          .map((image) => `${image} can move`),
      ),
  ),
];
