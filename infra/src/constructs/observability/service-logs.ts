import { Construct } from 'constructs';
import { CloudwatchLogGroup } from '../../aws';

export interface ServiceLogsProps {
  readonly name: string;
  readonly retentionDays: number;
  readonly keyArn: string;
}

/** A log group for the containers of one app, encrypted and with a retention. */
export class ServiceLogs extends Construct {
  readonly arn: string;
  readonly name: string;
  /** Writers have to depend on it; otherwise AWS creates an unencrypted group without expiry. */
  readonly group: CloudwatchLogGroup;

  constructor(scope: Construct, id: string, props: ServiceLogsProps) {
    super(scope, id);
    const group = new CloudwatchLogGroup(this, 'group', {
      name: props.name,
      retentionInDays: props.retentionDays,
      kmsKeyId: props.keyArn,
    });
    this.arn = group.arn;
    this.name = group.name;
    this.group = group;
  }
}
