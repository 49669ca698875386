import { type TerraformStack, TerraformVariable } from '../cdktf';

/** Declares a variable without a default, checked by Terraform before it plans. */
export const addVariable = (
  stack: TerraformStack,
  name: string,
  is: { readonly description: string; readonly pattern: string; readonly rule: string },
): string =>
  new TerraformVariable(stack, name, {
    type: 'string',
    description: is.description,
    nullable: false,
    validation: [
      {
        condition: `\${can(regex(${JSON.stringify(is.pattern)}, var.${name}))}`,
        errorMessage: `${name} must be ${is.rule}.`,
      },
    ],
  }).stringValue;

/** A variable for an image, by digest, because tags can move. */
export const addImageVariable = (
  stack: TerraformStack,
  name: string,
  description: string,
): string =>
  addVariable(stack, name, {
    description,
    pattern: '^[^@[:space:]]+@sha256:[0-9a-f]{64}$',
    rule: 'a full image reference by sha256 digest',
  });
