import { Construct } from 'constructs';
import {
  CloudwatchEventRule,
  CloudwatchEventTarget,
  GuarddutyDetector,
  GuarddutyDetectorFeature,
} from '../../aws';

export interface ThreatDetectionProps {
  readonly name: string;
  readonly detector:
    | { readonly kind: 'own'; readonly repeatFindings: string }
    | { readonly kind: 'existing'; readonly id: string };
  readonly features: readonly string[];
  /** GuardDuty's severities go from 1 to 10. */
  readonly alertFromSeverity: number;
  readonly topicArn: string;
}

/**
 * The agents of runtime monitoring, in the order in which GuardDuty returns them: the provider compares a
 * list, and would replace the feature in every apply if one were missing. The agent for EC2 would need
 * Systems Manager associations on the GPU hosts, whose role does not allow them.
 */
const agents = [
  { name: 'EKS_ADDON_MANAGEMENT', status: 'DISABLED' },
  { name: 'ECS_FARGATE_AGENT_MANAGEMENT', status: 'ENABLED' },
  { name: 'EC2_AGENT_MANAGEMENT', status: 'DISABLED' },
];

/** GuardDuty for the account; severe findings and tasks without a working agent notify. */
export class ThreatDetection extends Construct {
  constructor(scope: Construct, id: string, props: ThreatDetectionProps) {
    super(scope, id);
    const { detector } = props;
    const detectorId =
      detector.kind === 'existing'
        ? detector.id
        : new GuarddutyDetector(this, 'detector', {
            enable: true,
            findingPublishingFrequency: detector.repeatFindings,
          }).id;
    for (const name of props.features)
      new GuarddutyDetectorFeature(this, name.toLowerCase().replaceAll('_', '-'), {
        detectorId,
        name,
        status: 'ENABLED',
        ...(name === 'RUNTIME_MONITORING' ? { additionalConfiguration: agents } : {}),
      });
    this.notify('findings', props.topicArn, {
      name: `${props.name}-threats`,
      description: `GuardDuty findings of severity ${props.alertFromSeverity} or higher`,
      eventPattern: JSON.stringify({
        source: ['aws.guardduty'],
        'detail-type': ['GuardDuty Finding'],
        detail: { severity: [{ numeric: ['>=', props.alertFromSeverity] }] },
      }),
    });
    // https://docs.aws.amazon.com/guardduty/latest/ug/gdu-assess-coverage-ecs.html
    this.notify('coverage', props.topicArn, {
      name: `${props.name}-runtime-coverage`,
      description: 'Clusters whose tasks GuardDuty no longer monitors',
      eventPattern: JSON.stringify({
        source: ['aws.guardduty'],
        'detail-type': ['GuardDuty Runtime Protection Unhealthy'],
        detail: { resourceDetails: { resourceType: ['ECS'] } },
      }),
    });
  }

  private notify(
    id: string,
    topicArn: string,
    rule: { readonly name: string; readonly description: string; readonly eventPattern: string },
  ) {
    const { name } = new CloudwatchEventRule(this, id, rule);
    new CloudwatchEventTarget(this, `${id}-to-topic`, {
      rule: name,
      targetId: 'alerts',
      arn: topicArn,
    });
  }
}
