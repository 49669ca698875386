import { account, keyArn, only, parsed, synthesise } from '../../../test/synthesise';
import { TaskRole } from './task-role';
import { executionGrants } from '../../permissions/container-grants';

const role = (secretArns: readonly string[]) =>
  synthesise((scope) => {
    new TaskRole(scope, 'execution', {
      name: 'clarity-test-execution',
      description: 'test',
      account,
      grants: executionGrants({
        repositoryArn: 'arn:aws:ecr:us-east-1:123456789012:repository/clarity-api',
        logGroupArns: ['arn:aws:logs:us-east-1:123456789012:log-group:/clarity/test/api'],
        secretArns,
        keyArn,
        region: account.region,
      }),
    });
  });
const secretArn = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:one';
const sids = (stack: ReturnType<typeof role>) =>
  parsed(only(stack, 'aws_iam_role_policy')['policy']).Statement.map(({ Sid }) => Sid);

describe('TaskRole', () => {
  it('trusts ECS tasks of this account', () => {
    const trust = parsed(only(role([]), 'aws_iam_role')['assume_role_policy']);
    expect(trust.Statement).toMatchObject([
      {
        Principal: { Service: 'ecs-tasks.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': account.id } },
      },
    ]);
  });

  it('may read secrets only if the app has any', () => {
    expect(sids(role([]))).toEqual(['RegistryLogin', 'PullImage', 'WriteLog']);
    expect(sids(role([secretArn]))).toEqual([
      'RegistryLogin',
      'PullImage',
      'WriteLog',
      'ReadSecrets',
      'DecryptSecrets',
    ]);
  });
});
