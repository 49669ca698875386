import type { Terraform } from '../terraform/terraform';
import { isNamed, type Stack } from './manifest';

/** The input variables of the stacks that name images; a stack ignores those that it does not declare. */
export interface StackVariables {
  /** Full references by digest. */
  readonly api_image: string;
  readonly ml_worker_image: string;
  /** The worker's image with a Docker manifest, for SageMaker. */
  readonly ml_worker_sagemaker_image: string;
  /** Git SHAs that the images were built from. */
  readonly api_release: string;
  readonly ml_worker_release: string;
}

const noImage = (name: string) => `none.invalid/${name}@sha256:${'0'.repeat(64)}`;

/** For the plan of a stack before the first deploy: well formed, and clearly not an image. */
export const neverDeployed: StackVariables = {
  api_image: noImage('clarity-api'),
  ml_worker_image: noImage('clarity-ml-worker'),
  ml_worker_sagemaker_image: noImage('clarity-ml-worker'),
  api_release: 'none',
  ml_worker_release: 'none',
};

/** In Terraform's environment. */
export function asTerraformVariables(variables: StackVariables): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [`TF_VAR_${name}`, value]),
  );
}

/** Whether it names images; its output `inputs` has the variables of its last apply. */
export function namesImages(stack: Stack): boolean {
  return isNamed(stack, 'services') || isNamed(stack, 'inference');
}

/**
 * The variables of the last apply of a stack. A plan uses them, so that it shows changes of the
 * infrastructure code only and not of images.
 */
export async function appliedVariables(
  stack: Stack,
  terraformOf: (stack: Stack) => Terraform,
): Promise<StackVariables> {
  if (!namesImages(stack)) return neverDeployed;
  const terraform = terraformOf(stack);
  await terraform.init();
  const applied = (await terraform.outputs())['inputs'] as Partial<StackVariables> | undefined;
  return { ...neverDeployed, ...applied };
}
