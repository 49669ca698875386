import { region } from '../../core/environment';
import { PipelineError } from '../../errors';
import type { PlanJson } from '../../core/terraform/plan-json';

/** The parts of a synthesised stack that define its outputs. */
export interface StackJson {
  readonly output?: Readonly<Record<string, { readonly value: unknown }>>;
}

const accountId = '123456789012';
const reference = /^\$\{(aws_[a-z0-9_]+)\.([A-Za-z0-9_-]+)\.([a-z_]+)\}$/;

/** Resource types whose ARN has another service than their name. */
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
 * Values that a stack's outputs could have after its apply, so that downstream stacks can be planned before:
 * the values in its plan, and well-formed stand-ins for the rest. Stand-ins contain "assumed", and mean no
 * more than "known after apply" does in a plan.
 * @throws PipelineError for an output that is not a plain attribute of a resource
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
    throw new PipelineError(
      'unexpected',
      `No value can be assumed for the output ${output}: ${value}`,
    );
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
