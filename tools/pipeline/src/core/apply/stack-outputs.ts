import { parser } from '@clarity/schema';
import Type from 'typebox';
import { PipelineError } from '../../errors';
import type { AppliedStack } from './apply-stacks';

const service = Type.Object({ name: Type.String(), task_definition_arn: Type.String() });

export const parseFoundationOutputs = parser(
  'output of the foundation stack',
  Type.Object({ api_url: Type.String() }),
);
export const parseDataOutputs = parser(
  'output of the data stack',
  Type.Object({ data_bucket: Type.String() }),
);
export const parseServicesOutputs = parser(
  'output of the services stack',
  Type.Object({
    services: Type.Object({ api: service, ml_worker: service }),
  }),
);

/** @throws PipelineError if the stack was not among those applied */
export function outputsOf(applied: readonly AppliedStack[], name: string) {
  const found = applied.find(({ stack }) => stack.endsWith(`-${name}`));
  if (!found) throw new PipelineError('unexpected', `The stack "${name}" was not applied.`);
  return found.outputs;
}
