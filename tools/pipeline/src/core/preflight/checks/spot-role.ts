import { GetRoleCommand, NoSuchEntityException, type IAMClient } from '@aws-sdk/client-iam';
import type { Finding } from '../finding';
import type { Requirements } from '../requirements';

/**
 * AWS creates most service-linked roles on first use, but not the one for Spot Instances if Batch or Auto Scaling
 * starts them.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/service-linked-roles-spot-instance-requests.html
 */
export async function checkSpotRole(
  iam: IAMClient,
  { spotGpu }: Requirements,
): Promise<readonly Finding[]> {
  if (spotGpu === 0) return [];
  const subject = 'Service-linked role for Spot Instances';
  try {
    await iam.send(new GetRoleCommand({ RoleName: 'AWSServiceRoleForEC2Spot' }));
    return [{ subject, outcome: 'ok', text: 'exists' }];
  } catch (error) {
    if (!(error instanceof NoSuchEntityException)) throw error;
    const command = 'aws iam create-service-linked-role --aws-service-name spot.amazonaws.com';
    return [
      { subject, outcome: 'later', text: `missing, so no Spot host starts. Run: ${command}` },
    ];
  }
}
