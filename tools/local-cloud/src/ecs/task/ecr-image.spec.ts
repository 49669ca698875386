import { AwsServiceError, type CallJson } from '../../moto/aws-json';
import { checkInEcr, ecrImage } from './ecr-image';

const digest = `sha256:${'a'.repeat(64)}`;
const registry = '123456789012.dkr.ecr.us-east-1.amazonaws.com';
const place = { account: '123456789012', region: 'us-east-1', repository: 'clarity/api' };

it.each([
  [`${registry}/clarity/api@${digest}`, { ...place, imageId: { imageDigest: digest } }],
  [`${registry}/clarity/api:v1.2`, { ...place, imageId: { imageTag: 'v1.2' } }],
  [`${registry}/clarity/api`, { ...place, imageId: { imageTag: 'latest' } }],
  [`registry.test/api@${digest}`, undefined],
  ['public.ecr.aws/aws-observability/collector:v1', undefined],
])('reads %s', (reference, expected) => {
  expect(ecrImage(reference)).toEqual(expected);
});

const failing =
  (code: string): CallJson =>
  () =>
    Promise.reject(new AwsServiceError(code, 'no'));
const check = (call: CallJson, account = place.account) =>
  checkInEcr(call, `${registry}/clarity/api@${digest}`, account);

it.each(['ImageNotFoundException', 'RepositoryNotFoundException'])(
  'cannot pull an image if ECR returns %s',
  async (code) => {
    await expect(check(failing(code))).rejects.toThrow(
      /^CannotPullContainerError: pull image manifest has been retried 1 time\(s\): failed to resolve ref \S+: not found$/,
    );
  },
);

it('does not take another error for a missing image, and asks about no other account', async () => {
  await expect(check(failing('ServerException'))).rejects.toThrow(AwsServiceError);
  await check(failing('ImageNotFoundException'), '999999999999');
});
