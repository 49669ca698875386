import { keyArn, only, parsed, synthesise } from '../../../test/synthesise';
import { ContainerRepository } from './container-repository';

const stack = synthesise((scope) => {
  new ContainerRepository(scope, 'api', {
    name: 'clarity-api',
    keyArn,
    emptyOnDestroy: false,
    preventDestroy: true,
    keepReleases: 30,
    environments: ['dev', 'staging'],
    keepBuilds: 200,
    untaggedDays: 7,
  });
});

describe('ContainerRepository', () => {
  it('has immutable tags, scans on push and encrypts with our key', () => {
    expect(only(stack, 'aws_ecr_repository')).toMatchObject({
      image_tag_mutability: 'IMMUTABLE',
      image_scanning_configuration: { scan_on_push: true },
      encryption_configuration: [{ encryption_type: 'KMS', kms_key: keyArn }],
      force_delete: false,
    });
  });

  it('matches the releases of the last environment first, and all of them before it expires builds', () => {
    const rules = parsed(only(stack, 'aws_ecr_lifecycle_policy')['policy'])['rules'];
    expect(rules).toMatchObject([
      { rulePriority: 1, selection: { tagPrefixList: ['release-staging-'], countNumber: 30 } },
      { rulePriority: 2, selection: { tagPrefixList: ['release-dev-'], countNumber: 30 } },
      { rulePriority: 3, selection: { tagStatus: 'untagged', countNumber: 7 } },
      { rulePriority: 4, selection: { tagStatus: 'any', countNumber: 200 } },
    ]);
  });
});
