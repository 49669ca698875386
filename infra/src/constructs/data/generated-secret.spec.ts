import { keyArn, only, synthesise } from '../../../test/synthesise';
import { GeneratedSecret } from './generated-secret';

const secret = (rotation?: { lambdaArn: string; days: number }) =>
  synthesise((scope) => {
    new GeneratedSecret(scope, 'cursor-key', {
      name: 'clarity-test/cursor-key',
      description: 'test',
      keyArn,
      length: 64,
      version: 1,
      recoveryDays: 7,
      preventDestroy: true,
      rotation,
    });
  });
const stack = secret();

describe('GeneratedSecret', () => {
  it('generates its value in the apply and keeps it out of the state', () => {
    expect(stack['ephemeral']).toEqual({
      aws_secretsmanager_random_password: {
        cursor_key_value: { password_length: 64, exclude_punctuation: true },
      },
    });
    const version = only(stack, 'aws_secretsmanager_secret_version');
    expect(version).toMatchObject({
      secret_string_wo:
        '${ephemeral.aws_secretsmanager_random_password.cursor_key_value.random_password}',
      secret_string_wo_version: 1,
    });
    expect(version).not.toHaveProperty('secret_string');
  });

  it('is encrypted with our key', () => {
    expect(only(stack, 'aws_secretsmanager_secret')).toMatchObject({ kms_key_id: keyArn });
  });

  it('has no rotation by default', () => {
    expect(stack.resource).not.toHaveProperty('aws_secretsmanager_secret_rotation');
  });

  it('is rotated by a configured function, after the first value is written', () => {
    const lambdaArn = 'arn:aws:lambda:us-east-1:123456789012:function:rotate';
    const rotated = secret({ lambdaArn, days: 90 });
    expect(only(rotated, 'aws_secretsmanager_secret_rotation')).toMatchObject({
      rotation_lambda_arn: lambdaArn,
      rotation_rules: { automatically_after_days: 90 },
      rotate_immediately: false,
      depends_on: ['aws_secretsmanager_secret_version.cursor-key_value'],
    });
  });
});
