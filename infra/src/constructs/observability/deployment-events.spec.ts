import { all, synthesise } from '../../../test/synthesise';
import { DeploymentEvents } from './deployment-events';

const stack = synthesise((scope) => {
  new DeploymentEvents(scope, 'deployments', {
    name: 'clarity-test',
    servicePrefix: 'arn:aws:ecs:us-east-1:123456789012:service/clarity-test/',
    topicArn: 'arn:topic',
  });
});
const rule = (kind: string) =>
  JSON.parse(
    String(all(stack, 'aws_cloudwatch_event_rule')[`deployments_${kind}`]?.['event_pattern']),
  ) as unknown;

describe('DeploymentEvents', () => {
  it('matches failed deployments and services of this cluster only', () => {
    expect(rule('failed')).toEqual({
      source: ['aws.ecs'],
      'detail-type': ['ECS Deployment State Change'],
      resources: [{ prefix: 'arn:aws:ecs:us-east-1:123456789012:service/clarity-test/' }],
      detail: { eventName: ['SERVICE_DEPLOYMENT_FAILED'] },
    });
    expect(rule('stuck')).toMatchObject({ detail: { eventType: ['WARN', 'ERROR'] } });
  });

  it('sends the chat’s custom notification format', () => {
    const targets = Object.values(all(stack, 'aws_cloudwatch_event_target'));
    expect(targets).toHaveLength(2);
    for (const target of targets) {
      const { input_template: template, input_paths: paths } = target['input_transformer'] as {
        input_template: string;
        input_paths: object;
      };
      expect(JSON.parse(template)).toMatchObject({ version: '1.0', source: 'custom' });
      const used = [...template.matchAll(/<([a-z]+)>/g)].map(([, name]) => name);
      expect(used.sort()).toEqual(Object.keys(paths).sort());
    }
  });
});
