import { Construct } from 'constructs';
import {
  AutoscalingGroup,
  Ec2CapacityReservation,
  EcsCapacityProvider,
  type LaunchTemplate,
} from '../../aws';
import { Fn } from '../../cdktf';
import { addGpuHost } from './gpu-host';
import { refreshPreferences } from './host-refresh';

export interface GpuCapacityProps {
  readonly name: string;
  readonly clusterName: string;
  /** In order of preference. */
  readonly instanceTypes: readonly string[];
  readonly maxHosts: number;
  /** Number of On-Demand hosts before any Spot host. */
  readonly onDemandBase: number;
  /** Percentage of Spot hosts above that. */
  readonly spotPercent: number;
  /** Size of the capacity reservation for the first instance type, in `reservedZone`. */
  readonly reservedHosts: number;
  readonly reservedZone: string;
  readonly rootVolumeGiB: number;
  readonly keyArn: string;
  readonly subnetIds: string[];
  readonly securityGroupId: string;
  /** Tags of hosts and disks: Auto Scaling does not apply the provider's default tags to them. */
  readonly tags: Readonly<Record<string, string>>;
  readonly resourceTimeout: string;
}

/** AWS's GPU image for ECS hosts, resolved when a host starts: new hosts are patched without an apply. */
const hostImage =
  'resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2023/gpu/recommended/image_id';

/** GPU hosts for ECS, from zero to `maxHosts`, started and drained by ECS as tasks need them. */
export class GpuCapacity extends Construct {
  readonly providerName: string;

  constructor(scope: Construct, id: string, props: GpuCapacityProps) {
    super(scope, id);
    const template = this.launchTemplate(props);
    const hosts = new AutoscalingGroup(this, 'hosts', {
      name: props.name,
      minSize: 0,
      maxSize: props.maxHosts,
      vpcZoneIdentifier: props.subnetIds,
      // ECS's termination protection requires it: a host with tasks is not scaled in.
      protectFromScaleIn: true,
      mixedInstancesPolicy: {
        instancesDistribution: {
          onDemandBaseCapacity: props.onDemandBase,
          onDemandPercentageAboveBaseCapacity: 100 - props.spotPercent,
          onDemandAllocationStrategy: 'prioritized',
          spotAllocationStrategy: 'price-capacity-optimized',
        },
        launchTemplate: {
          launchTemplateSpecification: {
            launchTemplateId: template.id,
            // By number, so that a new version starts the refresh below; "$Latest" would not.
            version: template.getStringAttribute('latest_version'),
          },
          override: props.instanceTypes.map((instanceType) => ({ instanceType })),
        },
      },
      ...this.reservation(props),
      instanceRefresh: {
        strategy: 'Rolling',
        preferences: {
          minHealthyPercentage: refreshPreferences.minHealthyPercentage,
          instanceWarmup: String(refreshPreferences.instanceWarmupSeconds),
          scaleInProtectedInstances: refreshPreferences.scaleInProtectedInstances,
        },
      },
      tag: [
        // ECS adds this tag to the groups that it manages; listed here so that it is not drift.
        { key: 'AmazonECSManaged', value: 'true', propagateAtLaunch: true },
        { key: 'Name', value: props.name, propagateAtLaunch: true },
      ],
      lifecycle: { ignoreChanges: ['desired_capacity'] },
      timeouts: { delete: props.resourceTimeout },
    });
    const provider = new EcsCapacityProvider(this, 'provider', {
      name: props.name,
      autoScalingGroupProvider: {
        autoScalingGroupArn: hosts.arn,
        managedDraining: 'ENABLED',
        managedTerminationProtection: 'ENABLED',
        managedScaling: {
          status: 'ENABLED',
          targetCapacity: 100,
          minimumScalingStepSize: 1,
          maximumScalingStepSize: props.maxHosts,
          instanceWarmupPeriod: 180,
        },
      },
    });
    this.providerName = provider.name;
  }

  /** Reserves capacity that only this group can use, and makes the group use it first. */
  private reservation(props: GpuCapacityProps) {
    const [instanceType] = props.instanceTypes;
    if (props.reservedHosts === 0 || !instanceType) return {};
    const reservation = new Ec2CapacityReservation(this, 'reservation', {
      instanceType,
      instanceCount: props.reservedHosts,
      instancePlatform: 'Linux/UNIX',
      availabilityZone: props.reservedZone,
      instanceMatchCriteria: 'targeted',
      endDateType: 'unlimited',
      tags: { Name: props.name },
      timeouts: { create: props.resourceTimeout, delete: props.resourceTimeout },
    });
    return {
      capacityReservationSpecification: {
        capacityReservationPreference: 'capacity-reservations-first',
        capacityReservationTarget: { capacityReservationIds: [reservation.id] },
      },
    };
  }

  private launchTemplate(props: GpuCapacityProps): LaunchTemplate {
    const host = {
      name: props.name,
      description: 'GPU host of ECS',
      roleDescription: 'GPU hosts of ECS: ECS agent and Session Manager',
      policies: ['ecs', 'session-manager'],
      rootVolumeGiB: props.rootVolumeGiB,
      diskKeyArn: props.keyArn,
    } as const;
    return addGpuHost(this, host, (profileArn) => ({
      imageId: hostImage,
      vpcSecurityGroupIds: [props.securityGroupId],
      iamInstanceProfile: { arn: profileArn },
      tagSpecifications: ['instance', 'volume'].map((resourceType) => ({
        resourceType,
        tags: { ...props.tags, Name: props.name },
      })),
      userData: Fn.base64encode(
        [
          '#!/bin/bash',
          'cat >> /etc/ecs/ecs.config <<EOF',
          `ECS_CLUSTER=${props.clusterName}`,
          'ECS_ENABLE_GPU_SUPPORT=true',
          'ECS_AWSVPC_BLOCK_IMDS=true',
          'ECS_ENABLE_SPOT_INSTANCE_DRAINING=true',
          'ECS_IMAGE_PULL_BEHAVIOR=prefer-cached',
          'EOF',
          '',
        ].join('\n'),
      ),
    })).template;
  }
}
