import type { Grant } from './least-privilege-policy';

/** What SageMaker needs to attach its instances to our subnets. */
export const networkGrants = (
  account: { readonly id: string; readonly region: string },
  network: { readonly securityGroupId: string; readonly subnetIds: readonly string[] },
): readonly Grant[] => {
  const ec2 = (resource: string) => `arn:aws:ec2:${account.region}:${account.id}:${resource}`;
  return [
    {
      sid: 'DescribeNetwork',
      actions: [
        'ec2:DescribeDhcpOptions',
        'ec2:DescribeNetworkInterfaces',
        'ec2:DescribeSecurityGroups',
        'ec2:DescribeSubnets',
        'ec2:DescribeVpcs',
      ],
      resources: ['*'],
    },
    {
      sid: 'JoinNetwork',
      actions: ['ec2:CreateNetworkInterface'],
      resources: [
        ec2('network-interface/*'),
        ec2(`security-group/${network.securityGroupId}`),
        ...network.subnetIds.map((subnet) => ec2(`subnet/${subnet}`)),
      ],
    },
    {
      sid: 'KeepOwnInterfaces',
      actions: [
        'ec2:CreateNetworkInterfacePermission',
        'ec2:DeleteNetworkInterface',
        'ec2:DeleteNetworkInterfacePermission',
      ],
      // SageMaker chooses their ids.
      resources: [ec2('network-interface/*')],
    },
  ];
};
