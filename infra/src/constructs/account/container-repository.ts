import { Construct } from 'constructs';
import { EcrLifecyclePolicy, EcrRepository } from '../../aws';

export interface ContainerRepositoryProps {
  readonly name: string;
  readonly keyArn: string;
  readonly emptyOnDestroy: boolean;
  readonly preventDestroy: boolean;
  /** Of each environment. */
  readonly keepReleases: number;
  /** In the order in which a release goes through them. */
  readonly environments: readonly string[];
  readonly keepBuilds: number;
  readonly untaggedDays: number;
}

/**
 * Images of one app. Tags are immutable. ECR applies only the first lifecycle rule that matches an image: so those
 * tagged `release-<environment>-*` outlive ordinary builds, and what an environment runs stays however many releases
 * the environments before it make meanwhile.
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
    const last = props.environments.length;
    new EcrLifecyclePolicy(this, 'lifecycle', {
      repository: repository.name,
      policy: JSON.stringify({
        rules: [
          ...props.environments.toReversed().map((environment, index) => ({
            rulePriority: index + 1,
            description: `Keep the newest ${props.keepReleases} releases of ${environment} for rollbacks.`,
            selection: {
              tagStatus: 'tagged',
              tagPrefixList: [`release-${environment}-`],
              countType: 'imageCountMoreThan',
              countNumber: props.keepReleases,
            },
            action: expire,
          })),
          {
            rulePriority: last + 1,
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
            rulePriority: last + 2,
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
