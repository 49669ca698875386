import { all, only, synthesise } from '../../../test/synthesise';
import { ThreatDetection } from './threat-detection';

const stack = synthesise((scope) => {
  new ThreatDetection(scope, 'threats', {
    name: 'clarity',
    repeatFindings: 'FIFTEEN_MINUTES',
    features: [
      { name: 'S3_DATA_EVENTS', also: [] },
      { name: 'RUNTIME_MONITORING', also: ['ECS_FARGATE_AGENT_MANAGEMENT'] },
    ],
    alertFromSeverity: 7,
    topicArn: 'arn:topic',
  });
});

describe('ThreatDetection', () => {
  it('enables each feature with the agents that it needs', () => {
    expect(all(stack, 'aws_guardduty_detector_feature')).toMatchObject({
      'threats_runtime-monitoring': {
        status: 'ENABLED',
        additional_configuration: [{ name: 'ECS_FARGATE_AGENT_MANAGEMENT', status: 'ENABLED' }],
      },
      'threats_s3-data-events': { status: 'ENABLED' },
    });
  });

  it('notifies of severe findings only', () => {
    const pattern = String(only(stack, 'aws_cloudwatch_event_rule')['event_pattern']);
    expect(JSON.parse(pattern)).toMatchObject({ detail: { severity: [{ numeric: ['>=', 7] }] } });
    expect(only(stack, 'aws_cloudwatch_event_target')).toMatchObject({ arn: 'arn:topic' });
  });
});
