import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import type { RunningCloud } from './running-cloud';

const document = (...Statement: readonly object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement });

/**
 * Creates a role for tasks that may perform these actions on everything.
 * @param service that it trusts
 * @returns its ARN
 */
export async function taskRole(
  { clientSettings }: RunningCloud,
  RoleName: string,
  actions: readonly string[],
  service = 'ecs-tasks.amazonaws.com',
): Promise<string> {
  const iam = new IAMClient(clientSettings);
  const trust = { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' };
  const { Role } = await iam.send(
    new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: document(trust) }),
  );
  const PolicyDocument = document({ Effect: 'Allow', Action: actions, Resource: '*' });
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'own', PolicyDocument }));
  return Role?.Arn ?? '';
}
