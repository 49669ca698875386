import { SsmParameter } from '../aws';
import { Construct } from 'constructs';
import { synthesise } from '../../test/synthesise';

const parameter = (scope: Construct, id: string) =>
  new SsmParameter(scope, id, { name: `/${id}`, type: 'String', value: 'x' });

describe('ClarityStack', () => {
  it('creates readable addresses', () => {
    const stack = synthesise((scope) => parameter(new Construct(scope, 'network'), 'nat-a'));
    expect(stack.resource).toHaveProperty(['aws_ssm_parameter', 'network_nat-a']);
  });

  it('rejects two resources with the same address instead of dropping one', () => {
    expect(() =>
      synthesise((scope) => {
        parameter(new Construct(scope, 'a_b'), 'c');
        parameter(new Construct(scope, 'a'), 'b_c');
      }),
    ).toThrow('would share the address "a_b_c"');
  });

  it('sets default tags and allows only its own account', () => {
    const stack = synthesise((scope) => parameter(scope, 'p'));
    expect(stack['provider']).toMatchObject({
      aws: [
        {
          allowed_account_ids: ['123456789012'],
          default_tags: [
            {
              tags: {
                Project: 'clarity',
                Environment: 'test',
                Service: 'test',
                ManagedBy: 'cdktf',
              },
            },
          ],
        },
      ],
    });
  });
});
