import { Construct } from 'constructs';
import { FlowLog } from '../../aws';
import { ServiceLogs } from '../observability/service-logs';
import { ServiceRole } from '../identity/service-role';

export interface FlowLogsProps {
  readonly name: string;
  readonly account: { readonly id: string; readonly region: string };
  readonly vpcId: string;
  readonly logGroup: string;
  readonly retentionDays: number;
  readonly keyArn: string;
  readonly aggregationSeconds: number;
}

/** Records accepted and rejected connections in the network. */
export class FlowLogs extends Construct {
  constructor(scope: Construct, id: string, props: FlowLogsProps) {
    super(scope, id);
    const { account } = props;
    const logs = new ServiceLogs(this, 'log', {
      name: props.logGroup,
      retentionDays: props.retentionDays,
      keyArn: props.keyArn,
    });
    const role = new ServiceRole(this, 'writer', {
      name: `${props.name}-flow-logs`,
      description: 'Writes the flow logs of the network',
      service: 'vpc-flow-logs.amazonaws.com',
      onlyFor: {
        StringEquals: { 'aws:SourceAccount': account.id },
        ArnLike: { 'aws:SourceArn': `arn:aws:ec2:${account.region}:${account.id}:vpc-flow-log/*` },
      },
      grants: [
        {
          sid: 'WriteLog',
          actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
          resources: [`${logs.arn}:*`],
        },
        {
          sid: 'FindLog',
          actions: ['logs:DescribeLogGroups'],
          resources: [`arn:aws:logs:${account.region}:${account.id}:log-group:*`],
        },
      ],
    });
    new FlowLog(this, 'log-of-vpc', {
      vpcId: props.vpcId,
      trafficType: 'ALL',
      logDestinationType: 'cloud-watch-logs',
      logDestination: logs.arn,
      iamRoleArn: role.arn,
      maxAggregationInterval: props.aggregationSeconds,
      tags: { Name: props.name },
      dependsOn: [role.policy],
    });
  }
}
