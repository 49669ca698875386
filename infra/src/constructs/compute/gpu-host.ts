import type { Construct } from 'constructs';
import {
  IamInstanceProfile,
  IamRole,
  IamRolePolicyAttachment,
  LaunchTemplate,
  type LaunchTemplateConfig,
} from '../../aws';
import { trustPolicy } from '../../permissions/policy-document';

const managedPolicies = {
  ecs: 'arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role',
  // Shell access for the person on call without SSH, keys or an open port.
  'session-manager': 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore',
};

export interface GpuHostProps {
  /** Of the launch template; role and profile append `-host`. */
  readonly name: string;
  readonly description: string;
  /** What the hosts may do, in addition to being GPU hosts. */
  readonly roleDescription: string;
  readonly policies: readonly (keyof typeof managedPolicies)[];
  readonly rootVolumeGiB: number;
  readonly diskKeyArn: string;
}

/**
 * A launch template of GPU hosts, with their instance profile: IMDSv2, detailed monitoring, an encrypted disk.
 * @param settings of the template that only one kind of host has, from the profile's ARN
 */
export function addGpuHost(
  scope: Construct,
  props: GpuHostProps,
  settings: (profileArn: string) => Partial<LaunchTemplateConfig> = () => ({}),
): { readonly template: LaunchTemplate; readonly profile: IamInstanceProfile } {
  const profile = addHostProfile(scope, props);
  const template = new LaunchTemplate(scope, 'host', {
    name: props.name,
    description: props.description,
    updateDefaultVersion: true,
    ...hostSettings(props),
    ...settings(profile.arn),
  });
  return { template, profile };
}

function addHostProfile(scope: Construct, props: GpuHostProps): IamInstanceProfile {
  const { roleDescription, policies } = props;
  const name = `${props.name}-host`;
  const role = new IamRole(scope, 'host-role', {
    name,
    description: roleDescription,
    assumeRolePolicy: trustPolicy('ec2.amazonaws.com'),
  });
  for (const policy of policies)
    new IamRolePolicyAttachment(scope, `host-${policy}`, {
      role: role.name,
      policyArn: managedPolicies[policy],
    });
  return new IamInstanceProfile(scope, 'host-profile', { name, role: role.name });
}

const hostSettings = ({ rootVolumeGiB, diskKeyArn }: GpuHostProps) => ({
  // One hop: containers cannot reach the host's credentials. Batch jobs share the host's network and
  // still have to request a token.
  metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1 },
  monitoring: { enabled: true },
  blockDeviceMappings: [
    {
      deviceName: '/dev/xvda',
      ebs: {
        volumeSize: rootVolumeGiB,
        volumeType: 'gp3',
        encrypted: 'true',
        kmsKeyId: diskKeyArn,
        deleteOnTermination: 'true',
      },
    },
  ],
});
