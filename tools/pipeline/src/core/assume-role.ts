import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { PipelineError } from '../errors';
import { region } from './environment';

/** Credentials of a role, for a quarter of an hour, the shortest session there is. */
export async function credentialsOf(role: string) {
  const sts = new STSClient({ region });
  const { Credentials: given } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: role,
      RoleSessionName: 'clarity-pipeline',
      DurationSeconds: 900,
    }),
  );
  sts.destroy();
  if (!given?.AccessKeyId || !given.SecretAccessKey || !given.SessionToken)
    throw new PipelineError('environment', `STS returned no credentials of ${role}.`);
  return {
    accessKeyId: given.AccessKeyId,
    secretAccessKey: given.SecretAccessKey,
    sessionToken: given.SessionToken,
  };
}
