import { Construct } from 'constructs';
import { XrayGroup } from '../../aws';

export interface TraceGroupsProps {
  readonly name: string;
  /** The apps' service names in traces. */
  readonly api: string;
  readonly mlWorker: string;
  readonly slowMilliseconds: number;
}

/**
 * Groups of traces. The apps decide at the first span which traces are recorded (libs/telemetry), when the outcome is
 * not known yet: a group finds the failures among them.
 */
export class TraceGroups extends Construct {
  constructor(scope: Construct, id: string, props: TraceGroupsProps) {
    super(scope, id);
    const ours = `(service("${props.api}") OR service("${props.mlWorker}"))`;
    new XrayGroup(this, 'all', {
      groupName: props.name,
      filterExpression: ours,
      insightsConfiguration: { insightsEnabled: true, notificationsEnabled: true },
    });
    new XrayGroup(this, 'bad', {
      groupName: `${props.name}-bad`,
      filterExpression: `${ours} AND (fault = true OR error = true OR responsetime > ${props.slowMilliseconds / 1000})`,
      insightsConfiguration: { insightsEnabled: false, notificationsEnabled: false },
    });
  }
}
