import { GetRoleCommand, NoSuchEntityException, type IAMClient } from '@aws-sdk/client-iam';
import type { Finding } from '../finding';

/** Service-linked roles that services expect, which AWS creates on first use by an administrator only. */
const roles: Readonly<Record<string, string>> = {
  AWSServiceRoleForECS: 'ecs.amazonaws.com',
  AWSServiceRoleForAutoScaling: 'autoscaling.amazonaws.com',
  AWSServiceRoleForElasticLoadBalancing: 'elasticloadbalancing.amazonaws.com',
  AWSServiceRoleForEC2Spot: 'spot.amazonaws.com',
};

/** @returns one finding: which roles are missing, and the commands that create them */
export async function checkLinkedRoles(iam: IAMClient): Promise<readonly Finding[]> {
  const present = await Promise.all(Object.keys(roles).map((name) => exists(iam, name)));
  const missing = Object.entries(roles).filter((_, index) => !present[index]);
  return [
    {
      subject: 'Service-linked roles',
      outcome: missing.length > 0 ? 'later' : 'ok',
      text:
        missing.length > 0
          ? `missing ${missing.map(([name]) => name).join(', ')}. Run: ${missing.map(([, service]) => `aws iam create-service-linked-role --aws-service-name ${service}`).join('; ')}`
          : 'all there',
    },
  ];
}

async function exists(iam: IAMClient, RoleName: string): Promise<boolean> {
  try {
    await iam.send(new GetRoleCommand({ RoleName }));
    return true;
  } catch (error) {
    if (error instanceof NoSuchEntityException) return false;
    throw error;
  }
}
