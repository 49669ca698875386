import fc from 'fast-check';
import { parseSecretReference } from './secret-reference';

const arn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:clarity/dev/cursor-AbCdEf';

it('reads the ARN of a secret, with its JSON key, version stage and version', () => {
  expect(parseSecretReference(arn, 'us-east-1')).toMatchObject({
    kind: 'secrets-manager',
    secretId: arn,
    region: 'eu-west-1',
    jsonKey: undefined,
  });
  expect(parseSecretReference(`${arn}:key:AWSPREVIOUS:`, 'us-east-1')).toMatchObject({
    secretId: arn,
    jsonKey: 'key',
    versionStage: 'AWSPREVIOUS',
    versionId: undefined,
  });
});

it('reads parameters by ARN, with and without hierarchy, and by name', () => {
  const parameter = (rest: string) =>
    parseSecretReference(`arn:aws:ssm:us-east-2:123456789012:parameter/${rest}`, 'us-east-1');
  expect(parameter('clarity/dev/key')).toEqual({
    kind: 'parameter',
    name: '/clarity/dev/key',
    region: 'us-east-2',
  });
  expect(parameter('plain')).toMatchObject({ name: 'plain' });
  expect(parseSecretReference('/clarity/x', 'us-east-1')).toMatchObject({
    name: '/clarity/x',
    region: 'us-east-1',
  });
});

it('gives back the fields an ARN was put together from', () => {
  const field = fc.stringMatching(/^[A-Za-z0-9_-]{0,12}$/);
  fc.assert(
    fc.property(field, field, field, (key, stage, version) => {
      expect(parseSecretReference(`${arn}:${key}:${stage}:${version}`, 'x')).toMatchObject({
        secretId: arn,
        jsonKey: key || undefined,
        versionStage: stage || undefined,
        versionId: version || undefined,
      });
    }),
  );
});
