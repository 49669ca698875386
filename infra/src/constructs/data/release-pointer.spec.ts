import { only, synthesise } from '../../../test/synthesise';
import { ReleasePointer } from './release-pointer';

describe('ReleasePointer', () => {
  it('is not reset by an apply', () => {
    const stack = synthesise((scope) => {
      new ReleasePointer(scope, 'release', { name: '/clarity/test/release', preventDestroy: true });
    });
    expect(only(stack, 'aws_ssm_parameter')).toMatchObject({
      name: '/clarity/test/release',
      lifecycle: { ignore_changes: ['value', 'insecure_value'], prevent_destroy: true },
    });
  });
});
