import { type TerraformStack, TerraformVariable } from '../cdktf';

/** Declares a variable without a default, checked by Terraform before it plans. */
const addVariable = (
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

/** A variable for the commit that an image was built from, which its app reports. */
export const addReleaseVariable = (stack: TerraformStack, name: string): string =>
  addVariable(stack, name, {
    description: 'Commit that the image was built from, which the app reports',
    pattern: '^[A-Za-z0-9._-]{1,128}$',
    rule: '1 to 128 letters, digits, dots, dashes or underscores',
  });
