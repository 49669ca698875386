import type { Stack } from './manifest';
import { isNamed } from './manifest';
import type { Terraform } from '../terraform/terraform';

/** The input variables of the `services` stack: which images it registers in task definitions. */
export interface StackVariables {
  /** Full references by digest. */
  readonly api_image: string;
  readonly ml_worker_image: string;
  /** Git SHA. */
  readonly release: string;
}

/** For the plan of a stack before the first deploy: well formed, and clearly not an image. */
export const neverDeployed: StackVariables = {
  api_image: `none.invalid/clarity-api@sha256:${'0'.repeat(64)}`,
  ml_worker_image: `none.invalid/clarity-ml-worker@sha256:${'0'.repeat(64)}`,
  release: 'none',
};

/** In Terraform's environment; a stack that does not declare them ignores them. */
export function asTerraformVariables(variables: StackVariables): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [`TF_VAR_${name}`, value]),
  );
}

/**
 * The variables of the last apply, from the stack's own outputs. A plan uses them, so that it shows changes
 * of the infrastructure code only and not of images.
 */
export async function appliedVariables(
  stacks: readonly Stack[],
  terraformOf: (stack: Stack) => Terraform,
): Promise<StackVariables> {
  const services = stacks.find((stack) => isNamed(stack, 'services'));
  if (!services) return neverDeployed;
  const terraform = terraformOf(services);
  await terraform.init();
  const applied = (await terraform.outputs())['inputs'] as Partial<StackVariables> | undefined;
  return { ...neverDeployed, ...applied };
}
