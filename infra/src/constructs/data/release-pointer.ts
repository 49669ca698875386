import { Construct } from 'constructs';
import { SsmParameter } from '../../aws';

/**
 * The parameter that names the current release. Terraform creates it; the pipeline writes it after each
 * successful rollout, and no apply resets it.
 */
export class ReleasePointer extends Construct {
  constructor(
    scope: Construct,
    id: string,
    props: { readonly name: string; readonly preventDestroy: boolean },
  ) {
    super(scope, id);
    new SsmParameter(this, 'parameter', {
      name: props.name,
      description: 'Current release as JSON; written by the pipeline',
      type: 'String',
      value: 'none',
      lifecycle: {
        ignoreChanges: ['value', 'insecure_value'],
        preventDestroy: props.preventDestroy,
      },
    });
  }
}
