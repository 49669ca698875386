import { all, parsed, synthesise } from '../../../test/synthesise';
import { ThreatDetection, type ThreatDetectionProps } from './threat-detection';

const threatDetection = (detector: ThreatDetectionProps['detector']) =>
  synthesise((scope) => {
    new ThreatDetection(scope, 'threats', {
      name: 'clarity',
      detector,
      features: ['S3_DATA_EVENTS', 'RUNTIME_MONITORING'],
      alertFromSeverity: 7,
      topicArn: 'arn:topic',
    });
  });
const stack = threatDetection({ kind: 'own', repeatFindings: 'FIFTEEN_MINUTES' });
const pattern = (rule: string) =>
  parsed(all(stack, 'aws_cloudwatch_event_rule')[rule]?.['event_pattern']);

describe('ThreatDetection', () => {
  it('enables each feature, with all agents in the order in which GuardDuty returns them', () => {
    const features = all(stack, 'aws_guardduty_detector_feature');
    expect(features).toMatchObject({
      'threats_runtime-monitoring': {
        status: 'ENABLED',
        additional_configuration: [
          { name: 'EKS_ADDON_MANAGEMENT', status: 'DISABLED' },
          { name: 'ECS_FARGATE_AGENT_MANAGEMENT', status: 'ENABLED' },
          { name: 'EC2_AGENT_MANAGEMENT', status: 'DISABLED' },
        ],
      },
      'threats_s3-data-events': { status: 'ENABLED' },
    });
    expect(features['threats_s3-data-events']).not.toHaveProperty('additional_configuration');
  });

  it('enables features of the detector that the account has already', () => {
    const id = '0123456789abcdef0123456789abcdef';
    const existing = threatDetection({ kind: 'existing', id });
    expect(all(existing, 'aws_guardduty_detector')).toEqual({});
    for (const feature of Object.values(all(existing, 'aws_guardduty_detector_feature')))
      expect(feature).toMatchObject({ detector_id: id });
  });

  it('notifies of severe findings only', () => {
    expect(pattern('threats_findings')).toMatchObject({
      detail: { severity: [{ numeric: ['>=', 7] }] },
    });
  });

  it('notifies if a cluster is not monitored', () => {
    expect(pattern('threats_coverage')).toEqual({
      source: ['aws.guardduty'],
      'detail-type': ['GuardDuty Runtime Protection Unhealthy'],
      detail: { resourceDetails: { resourceType: ['ECS'] } },
    });
    for (const target of Object.values(all(stack, 'aws_cloudwatch_event_target')))
      expect(target).toMatchObject({ arn: 'arn:topic' });
  });
});
