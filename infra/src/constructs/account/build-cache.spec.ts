import { keyArn, only, parsed, synthesise } from '../../../test/synthesise';
import { BuildCache } from './build-cache';

const stack = synthesise((scope) => {
  new BuildCache(scope, 'cache', {
    name: 'clarity-build-cache',
    keyArn,
    emptyOnDestroy: false,
    preventDestroy: true,
    untaggedDays: 7,
  });
});

it('allows moving tags, encrypts with our key and expires untagged layers', () => {
  expect(only(stack, 'aws_ecr_repository')).toMatchObject({
    image_tag_mutability: 'MUTABLE',
    encryption_configuration: [{ encryption_type: 'KMS', kms_key: keyArn }],
  });
  const { rules } = parsed(only(stack, 'aws_ecr_lifecycle_policy')['policy']);
  expect(rules).toMatchObject([{ selection: { tagStatus: 'untagged', countNumber: 7 } }]);
});
