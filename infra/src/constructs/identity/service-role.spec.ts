import { account, only, parsed, synthesise } from '../../../test/synthesise';
import { ServiceRole } from './service-role';

const role = (actions: readonly string[]) =>
  synthesise((scope) => {
    new ServiceRole(scope, 'role', {
      name: 'clarity-test-role',
      description: 'test',
      service: 'chatbot.amazonaws.com',
      onlyFor: { StringEquals: { 'aws:SourceAccount': account.id } },
      grants: [{ sid: 'Read', actions, resources: ['arn:aws:s3:::bucket/*'] }],
    });
  });
const stack = role(['s3:GetObject']);

describe('ServiceRole', () => {
  it('trusts one service, for this account only', () => {
    expect(parsed(only(stack, 'aws_iam_role')['assume_role_policy']).Statement).toEqual([
      {
        Sid: 'Assume',
        Effect: 'Allow',
        Principal: { Service: 'chatbot.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'aws:SourceAccount': account.id } },
      },
    ]);
  });

  it('has the given grants and rejects wildcards', () => {
    expect(parsed(only(stack, 'aws_iam_role_policy')['policy']).Statement).toHaveLength(1);
    expect(() => role(['s3:*'])).toThrow('s3:*');
  });
});
