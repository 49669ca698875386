import { DescribeInstanceTypeOfferingsCommand, type EC2Client } from '@aws-sdk/client-ec2';
import type { Finding } from '../finding';
import type { Requirements } from '../requirements';

/**
 * EC2 does not offer every GPU type in every zone. One type in one zone is enough to start a host; a reservation
 * needs its type in its zone. The names of zones differ by account.
 */
export async function checkGpuZones(
  ec2: EC2Client,
  { gpuTypes, zones, reservations }: Requirements,
): Promise<readonly Finding[]> {
  if (gpuTypes.length === 0 || zones.length === 0) return [];
  const { InstanceTypeOfferings = [] } = await ec2.send(
    new DescribeInstanceTypeOfferingsCommand({
      LocationType: 'availability-zone',
      Filters: [
        { Name: 'instance-type', Values: [...gpuTypes] },
        { Name: 'location', Values: [...zones] },
      ],
    }),
  );
  const offered = (type: string) =>
    zones.filter((zone) =>
      InstanceTypeOfferings.some(
        ({ InstanceType, Location }) => InstanceType === type && Location === zone,
      ),
    );
  const lines = gpuTypes.map((type) => `${type} in ${offered(type).join(', ') || 'no zone'}`);
  const nowhere = gpuTypes.every((type) => offered(type).length === 0);
  return [
    {
      subject: 'GPU types in the zones',
      outcome: nowhere ? 'later' : 'ok',
      text: nowhere
        ? `EC2 offers none of ${gpuTypes.join(', ')} in ${zones.join(', ')}. Choose other zones or types in infra/src/environments.`
        : lines.join('; '),
    },
    ...reservations.map(({ type, zone }): Finding => {
      const offers = offered(type);
      return {
        subject: `Reservation of ${type}`,
        outcome: offers.includes(zone) ? 'ok' : 'blocks',
        text: offers.includes(zone)
          ? `${zone} offers it`
          : `${zone} does not offer it, but ${offers.join(', ') || 'no zone'} does. The first of network.availabilityZones and of cluster.gpu.instanceTypes, in infra/src/environments, are reserved.`,
      };
    }),
  ];
}
