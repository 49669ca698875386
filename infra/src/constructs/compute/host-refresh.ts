import { Construct } from 'constructs';
import { SchedulerSchedule } from '../../aws';
import { ServiceRole } from '../identity/service-role';

/** How a refresh replaces hosts, on a schedule or after a change of their template. */
export const refreshPreferences = {
  minHealthyPercentage: 50,
  instanceWarmupSeconds: 300,
  /** Hosts with tasks are protected; ECS drains them before they are replaced. */
  scaleInProtectedInstances: 'Refresh',
};

export interface HostRefreshProps {
  /** Also the name of the group whose hosts are replaced. */
  readonly name: string;
  readonly account: { readonly id: string; readonly region: string };
  /** In UTC, e.g. `cron(0 8 ? * SUN *)`. */
  readonly schedule: string;
}

/**
 * Replaces GPU hosts on a schedule, so that they run a patched image. A maximum instance lifetime would not:
 * Auto Scaling does not apply it to protected instances, and ECS protects each host that has a task
 * (https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-max-instance-lifetime.html).
 */
export class HostRefresh extends Construct {
  constructor(scope: Construct, id: string, { name, account, schedule }: HostRefreshProps) {
    super(scope, id);
    const groups = `arn:aws:autoscaling:${account.region}:${account.id}:autoScalingGroup`;
    const role = new ServiceRole(this, 'scheduler', {
      name: `${name}-refresh`,
      description: `Replaces hosts of ${name}`,
      service: 'scheduler.amazonaws.com',
      onlyFor: { StringEquals: { 'aws:SourceAccount': account.id } },
      grants: [
        {
          sid: 'ReplaceHosts',
          actions: ['autoscaling:StartInstanceRefresh'],
          resources: [`${groups}:*:autoScalingGroupName/${name}`],
        },
      ],
    });
    new SchedulerSchedule(this, 'schedule', {
      name: `${name}-refresh`,
      description: 'Replaces GPU hosts by hosts with the current image',
      scheduleExpression: schedule,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: 'arn:aws:scheduler:::aws-sdk:autoscaling:startInstanceRefresh',
        roleArn: role.arn,
        input: JSON.stringify({
          AutoScalingGroupName: name,
          Preferences: {
            MinHealthyPercentage: refreshPreferences.minHealthyPercentage,
            InstanceWarmup: refreshPreferences.instanceWarmupSeconds,
            ScaleInProtectedInstances: refreshPreferences.scaleInProtectedInstances,
          },
        }),
      },
      dependsOn: [role.policy],
    });
  }
}
