import { type TerraformStack, TerraformVariable } from '../cdktf';

/** The release to register, which the pipeline passes to Terraform. */
export interface ReleaseVariables {
  readonly apiImage: string;
  readonly mlWorkerImage: string;
  readonly release: string;
}

/** By digest, because tags can move. */
const byDigest = '^[^@[:space:]]+@sha256:[0-9a-f]{64}$';

/** Declares `api_image`, `ml_worker_image` and `release`, each checked by Terraform before it plans. */
export function addReleaseVariables(stack: TerraformStack): ReleaseVariables {
  const variable = (name: string, description: string, pattern: string, rule: string) =>
    new TerraformVariable(stack, name, {
      type: 'string',
      description,
      nullable: false,
      validation: [
        {
          condition: `\${can(regex(${JSON.stringify(pattern)}, var.${name}))}`,
          errorMessage: `${name} must be ${rule}.`,
        },
      ],
    }).stringValue;
  const image = (name: string, app: string) =>
    variable(name, `Image of the ${app}`, byDigest, 'a full image reference by sha256 digest');
  return {
    apiImage: image('api_image', 'API'),
    mlWorkerImage: image('ml_worker_image', 'ML worker'),
    release: variable(
      'release',
      'Release id that the apps report',
      '^[A-Za-z0-9._-]{1,128}$',
      '1 to 128 letters, digits, dots, dashes or underscores',
    ),
  };
}
