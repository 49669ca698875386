import {
  RegisterContainerInstanceCommand,
  type ECSClient,
  type Resource,
} from '@aws-sdk/client-ecs';
import type { CallQuery } from '../src/moto/aws-query';

/**
 * Starts an EC2 instance and registers it in a cluster, as the agent of ECS does.
 * @param totalResources what the instance has; undefined: the 4096 CPU units and 7482 MiB of moto's instances
 * @returns the ARN of the container instance
 */
export async function registerInstance(
  { ecs, query }: { readonly ecs: ECSClient; readonly query: CallQuery },
  cluster: string,
  totalResources?: Resource[],
): Promise<string> {
  const started = await query(
    { service: 'ec2', region: 'us-east-1', version: '2016-11-15' },
    { Action: 'RunInstances', ImageId: 'ami-12c6146b', MinCount: '1', MaxCount: '1' },
  );
  const instanceId = /<instanceId>([^<]+)/.exec(started)?.[1];
  const { containerInstance } = await ecs.send(
    new RegisterContainerInstanceCommand({
      cluster,
      totalResources,
      instanceIdentityDocument: JSON.stringify({ instanceId }),
    }),
  );
  return containerInstance?.containerInstanceArn ?? '';
}
