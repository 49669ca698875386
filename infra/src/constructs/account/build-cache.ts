import { Construct } from 'constructs';
import { EcrLifecyclePolicy, EcrRepository } from '../../aws';

export interface BuildCacheProps {
  readonly name: string;
  readonly keyArn: string;
  readonly emptyOnDestroy: boolean;
  readonly preventDestroy: boolean;
  readonly untaggedDays: number;
}

/**
 * Cached layers for later builds. Each build moves its app's tag, so the images themselves, whose tags
 * never move, are in other repositories. Nothing runs from here; losing it costs one slow build.
 */
export class BuildCache extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: BuildCacheProps) {
    super(scope, id);
    const repository = new EcrRepository(this, 'repository', {
      name: props.name,
      imageTagMutability: 'MUTABLE',
      encryptionConfiguration: [{ encryptionType: 'KMS', kmsKey: props.keyArn }],
      forceDelete: props.emptyOnDestroy,
      lifecycle: { preventDestroy: props.preventDestroy },
    });
    new EcrLifecyclePolicy(this, 'lifecycle', {
      repository: repository.name,
      policy: JSON.stringify({
        rules: [
          {
            rulePriority: 1,
            description: `Expire untagged layers after ${props.untaggedDays} days.`,
            selection: {
              tagStatus: 'untagged',
              countType: 'sinceImagePushed',
              countUnit: 'days',
              countNumber: props.untaggedDays,
            },
            action: { type: 'expire' },
          },
        ],
      }),
    });
    this.arn = repository.arn;
  }
}
