import { region } from '../../core/environment';
import { PipelineError } from '../../core/errors';
import type { PlanJson } from '../../core/terraform/plan-json';

/** The parts of a synthesised stack that tell what its outputs will be. */
export interface StackJson {
  readonly output?: Readonly<Record<string, { readonly value: unknown }>>;
}

const accountId = '123456789012';
const reference = /^\$\{(aws_[a-z0-9_]+)\.([A-Za-z0-9_-]+)\.([a-z_]+)\}$/;

/** Resource types whose ARN names another service than the type does. */
const serviceOfType: Readonly<Record<string, string>> = {
  aws_lb: 'elasticloadbalancing',
  aws_security: 'ec2',
  aws_subnet: 'ec2',
  aws_vpc: 'ec2',
  aws_cloudwatch: 'logs',
  aws_cognito: 'cognito-idp',
  aws_launch: 'ec2',
};

/**
 * Values that a stack's outputs could have once it is applied, so that the stacks behind it can be
 * planned before it is: what its plan knows already, and for the rest a well-formed stand-in. Stand-ins
 * say "assumed", and count no more than "known after apply" does in any plan.
 * @throws PipelineError for an output that is no plain attribute of a resource
 */
export function assumedOutputs(stack: StackJson, plan: PlanJson): Record<string, unknown> {
  const planned = plan.planned_values?.outputs ?? {};
  return Object.fromEntries(
    Object.entries(stack.output ?? {}).map(([name, { value }]) => [
      name,
      planned[name]?.value ?? assume(name, value),
    ]),
  );
}

function assume(output: string, value: unknown): unknown {
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([key, part]) => [key, assume(output, part)]),
    );
  if (typeof value !== 'string') return value;
  const parts = reference.exec(value);
  if (!parts) {
    if (!value.includes('${')) return value;
    throw new PipelineError('unexpected', `The output ${output} cannot be assumed: ${value}`);
  }
  const [, type = '', name = '', attribute = ''] = parts;
  if (attribute === 'arn')
    return `arn:aws:${serviceOf(type)}:${region}:${accountId}:assumed/${name}`;
  if (attribute === 'url') return `https://assumed.invalid/${accountId}/${name}`;
  return `assumed-${name}`.toLowerCase().replaceAll('_', '-');
}

function serviceOf(type: string): string {
  const [aws, service = ''] = type.split('_');
  return serviceOfType[`${aws}_${service}`] ?? service;
}
