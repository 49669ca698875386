import type { NetworkConfiguration } from '@aws-sdk/client-ecs';
import { AwsServiceError } from '../../../moto/aws-json';
import { numbered, type CallQuery } from '../../../moto/aws-query';
import { invalidParameter } from '../../protocol/ecs-error';

/**
 * Refuses subnets and security groups that do not exist.
 * @throws EcsError InvalidParameterException
 */
export async function checkExistingNetwork(
  call: CallQuery,
  { awsvpcConfiguration }: NetworkConfiguration,
  region: string,
): Promise<void> {
  const check = async (action: string, list: string, what: string, ids: readonly string[]) => {
    if (ids.length === 0) return;
    const parameters = { Action: action, ...numbered(list, ids) };
    await call({ service: 'ec2', region, version: '2016-11-15' }, parameters).catch(
      (error: unknown) => {
        if (!(error instanceof AwsServiceError)) throw error;
        // moto shows a missing group as a set of Python: '{'sg-1'}'.
        const message = error.message.replace(/'\{('[^}]*')\}'/, '$1');
        throw invalidParameter(
          `Error retrieving ${what} information for [${ids.join(', ')}]: ${message} (ErrorCode: ${error.code})`,
        );
      },
    );
  };
  const { subnets = [], securityGroups = [] } = awsvpcConfiguration ?? {};
  await check('DescribeSubnets', 'SubnetId', 'subnet', subnets);
  await check('DescribeSecurityGroups', 'GroupId', 'security group', securityGroups);
}
