import { Construct } from 'constructs';
import {
  CloudwatchEventRule,
  CloudwatchEventTarget,
  GuarddutyDetector,
  GuarddutyDetectorFeature,
} from '../../aws';

export interface ThreatDetectionProps {
  readonly name: string;
  readonly repeatFindings: string;
  readonly features: readonly { readonly name: string; readonly also: readonly string[] }[];
  /** GuardDuty's severities go from 1 to 10. */
  readonly alertFromSeverity: number;
  readonly topicArn: string;
}

/** GuardDuty for the account; severe findings notify. */
export class ThreatDetection extends Construct {
  constructor(scope: Construct, id: string, props: ThreatDetectionProps) {
    super(scope, id);
    const detector = new GuarddutyDetector(this, 'detector', {
      enable: true,
      findingPublishingFrequency: props.repeatFindings,
    });
    for (const { name, also } of props.features)
      new GuarddutyDetectorFeature(this, name.toLowerCase().replaceAll('_', '-'), {
        detectorId: detector.id,
        name,
        status: 'ENABLED',
        additionalConfiguration: also.map((part) => ({ name: part, status: 'ENABLED' })),
      });
    const rule = new CloudwatchEventRule(this, 'findings', {
      name: `${props.name}-threats`,
      description: `GuardDuty findings of severity ${props.alertFromSeverity} or higher`,
      eventPattern: JSON.stringify({
        source: ['aws.guardduty'],
        'detail-type': ['GuardDuty Finding'],
        detail: { severity: [{ numeric: ['>=', props.alertFromSeverity] }] },
      }),
    });
    new CloudwatchEventTarget(this, 'findings-to-topic', {
      rule: rule.name,
      targetId: 'alerts',
      arn: props.topicArn,
    });
  }
}
