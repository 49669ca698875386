import { Construct } from 'constructs';
import { SsmParameter } from '../../aws';

/**
 * Says which release runs. Terraform makes it once; the pipeline writes it after a rollout succeeded,
 * and no apply ever sets it back.
 */
export class ReleasePointer extends Construct {
  constructor(scope: Construct, id: string, props: { readonly name: string }) {
    super(scope, id);
    new SsmParameter(this, 'parameter', {
      name: props.name,
      description: 'The release that runs, as JSON; written by the pipeline',
      type: 'String',
      value: 'none',
      lifecycle: { ignoreChanges: ['value', 'insecure_value'] },
    });
  }
}
