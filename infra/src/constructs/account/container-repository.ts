import { Construct } from 'constructs';
import { EcrLifecyclePolicy, EcrRepository } from '../../aws';

export interface ContainerRepositoryProps {
  readonly name: string;
  readonly keyArn: string;
  readonly emptyOnDestroy: boolean;
  readonly preventDestroy: boolean;
  readonly keepReleases: number;
  readonly keepBuilds: number;
  readonly untaggedDays: number;
}

/**
 * Images of one app. Tags are immutable. Images tagged `release-*` outlive ordinary builds, because ECR
 * applies only the first lifecycle rule that matches an image.
 */
export class ContainerRepository extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: ContainerRepositoryProps) {
    super(scope, id);
    const repository = new EcrRepository(this, 'repository', {
      name: props.name,
      imageTagMutability: 'IMMUTABLE',
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: [{ encryptionType: 'KMS', kmsKey: props.keyArn }],
      forceDelete: props.emptyOnDestroy,
      lifecycle: { preventDestroy: props.preventDestroy },
    });
    const expire = { type: 'expire' };
    new EcrLifecyclePolicy(this, 'lifecycle', {
      repository: repository.name,
      policy: JSON.stringify({
        rules: [
          {
            rulePriority: 1,
            description: `Keep the newest ${props.keepReleases} releases for rollbacks.`,
            selection: {
              tagStatus: 'tagged',
              tagPrefixList: ['release-'],
              countType: 'imageCountMoreThan',
              countNumber: props.keepReleases,
            },
            action: expire,
          },
          {
            rulePriority: 2,
            description: `Expire untagged images after ${props.untaggedDays} days.`,
            selection: {
              tagStatus: 'untagged',
              countType: 'sinceImagePushed',
              countUnit: 'days',
              countNumber: props.untaggedDays,
            },
            action: expire,
          },
          {
            rulePriority: 3,
            description: `Keep at most ${props.keepBuilds} images.`,
            selection: {
              tagStatus: 'any',
              countType: 'imageCountMoreThan',
              countNumber: props.keepBuilds,
            },
            action: expire,
          },
        ],
      }),
    });
    this.arn = repository.arn;
  }
}
