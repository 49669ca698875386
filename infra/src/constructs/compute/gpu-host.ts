import type { Construct } from 'constructs';
import { IamInstanceProfile, IamRole, IamRolePolicyAttachment } from '../../aws';
import { trustPolicy } from '../../permissions/policy-document';

const managedPolicies = {
  ecs: 'arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role',
  // Shell access for the person on call without SSH, keys or an open port.
  'session-manager': 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore',
};

/** The instance profile of GPU hosts, with a role of the same name. */
export function addHostProfile(
  scope: Construct,
  props: {
    readonly name: string;
    readonly description: string;
    readonly policies: readonly (keyof typeof managedPolicies)[];
  },
): IamInstanceProfile {
  const { name, description, policies } = props;
  const role = new IamRole(scope, 'host-role', {
    name,
    description,
    assumeRolePolicy: trustPolicy('ec2.amazonaws.com'),
  });
  for (const policy of policies)
    new IamRolePolicyAttachment(scope, `host-${policy}`, {
      role: role.name,
      policyArn: managedPolicies[policy],
    });
  return new IamInstanceProfile(scope, 'host-profile', { name, role: role.name });
}

/** Launch template settings of every GPU host: IMDSv2, detailed monitoring, an encrypted disk. */
export const hostSettings = (disk: { readonly sizeGiB: number; readonly keyArn: string }) => ({
  // One hop: containers cannot reach the host's credentials. Batch jobs share the host's network and
  // still have to request a token.
  metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1 },
  monitoring: { enabled: true },
  blockDeviceMappings: [
    {
      deviceName: '/dev/xvda',
      ebs: {
        volumeSize: disk.sizeGiB,
        volumeType: 'gp3',
        encrypted: 'true',
        kmsKeyId: disk.keyArn,
        deleteOnTermination: 'true',
      },
    },
  ],
});
