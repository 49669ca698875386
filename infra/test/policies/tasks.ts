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

const inPlainText = (name: string) => `${name} is in plain text`;

/** What makes a container insecure. */
function faultsOf(container: Container): readonly string[] {
  const secrets = (container.environment ?? []).filter(({ name }) => secretName.test(name));
  return [
    ...(container.readonlyRootFilesystem === true ? [] : ['its root file system is writable']),
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

/** By digest, or by a variable that accepts only digests. */
function isPinned(image: string, stack: string, { stacks }: SynthesisedEnvironment): boolean {
  const name = variable.exec(image)?.[1];
  if (name === undefined) return pinned.test(image);
  const variables = stacks[stack]?.['variable'] as
    Readonly<Record<string, { validation?: readonly { condition: string }[] }>> | undefined;
  const rules = variables?.[name]?.validation ?? [];
  return rules.some(({ condition }) => condition.includes('@sha256:[0-9a-f]{64}$'));
}

/** The images of a task definition, job definition or model. */
function imagesOf(type: string, args: Arguments): readonly string[] {
  if (type === 'aws_ecs_task_definition')
    return containersOf(args['container_definitions']).map(({ image = '' }) => image);
  if (type === 'aws_batch_job_definition')
    return [(JSON.parse(String(args['container_properties'])) as Container).image ?? ''];
  return [String(block(args, 'primary_container')?.['image'])];
}

export const tasks: readonly Policy[] = [
  forEach(
    'containers are hardened and contain no plain-text secret',
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
  // Batch has no setting for capabilities; a user other than root has none.
  forEach(
    'Batch jobs are hardened and contain no plain-text secret',
    ['aws_batch_job_definition'],
    ({ args }) =>
      args['container_properties'] === undefined
        ? 'has no container properties, which this policy checks'
        : listed(faultsOf(JSON.parse(String(args['container_properties'])) as Container)),
  ),
  forEach('models contain no plain-text secret', ['aws_sagemaker_model'], ({ args }) => {
    const variables = Object.keys(block(block(args, 'primary_container'), 'environment') ?? {});
    return listed(variables.filter((name) => secretName.test(name)).map(inPlainText));
  }),
  forEach(
    'images are pinned by digest',
    ['aws_ecs_task_definition', 'aws_batch_job_definition', 'aws_sagemaker_model'],
    ({ stack, type, args }, environment) =>
      listed(
        imagesOf(type, args)
          .filter((image) => !isPinned(image, stack, environment))
          .map((image) => `${image} can move`),
      ),
  ),
];
