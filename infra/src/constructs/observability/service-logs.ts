import { Construct } from 'constructs';
import { CloudwatchLogGroup } from '../../aws';

export interface ServiceLogsProps {
  readonly name: string;
  readonly retentionDays: number;
  readonly keyArn: string;
}

/** Where one app's containers write; encrypted, and gone after its retention. */
export class ServiceLogs extends Construct {
  readonly arn: string;
  readonly name: string;
  /** What writes into it has to come after it, or AWS makes its own, unencrypted and for ever. */
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
