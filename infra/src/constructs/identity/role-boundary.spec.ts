import { TerraformStack } from '../../cdktf';
import { account, only, parsed, synthesise } from '../../../test/synthesise';
import { boundRoles, RoleBoundary } from './role-boundary';
import { roleBoundaryArn } from '../../permissions/role-boundary-arn';
import { ServiceRole } from './service-role';

const grant = (length: number) => ({
  sid: 'Read',
  actions: ['s3:GetObject'],
  resources: [`arn:aws:s3:::${'x'.repeat(length)}`],
});

describe('RoleBoundary', () => {
  it('creates the policy that the ARN refers to', () => {
    const stack = synthesise((scope) => void new RoleBoundary(scope, 'boundary', [grant(9)]));
    const policy = only(stack, 'aws_iam_policy');
    expect(roleBoundaryArn(account)).toBe(
      `arn:aws:iam::${account.id}:policy/${String(policy['name'])}`,
    );
    expect(parsed(policy['policy']).Statement).toHaveLength(1);
  });

  it('rejects a policy that exceeds IAM’s limit', () => {
    expect(() =>
      synthesise((scope) => void new RoleBoundary(scope, 'boundary', [grant(7000)])),
    ).toThrow('IAM allows 6144');
  });
});

describe('boundRoles', () => {
  it('bounds a role that is created later', () => {
    const stack = synthesise((scope) => {
      boundRoles(TerraformStack.of(scope), account);
      new ServiceRole(scope, 'role', {
        name: 'clarity-dev-x',
        description: '-',
        service: 'ecs-tasks.amazonaws.com',
        onlyFor: { StringEquals: { 'aws:SourceAccount': account.id } },
        grants: [grant(9)],
      });
    });
    expect(only(stack, 'aws_iam_role')).toMatchObject({
      permissions_boundary: roleBoundaryArn(account),
    });
  });
});
