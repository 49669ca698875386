import { Construct } from 'constructs';
import { CloudwatchEventRule, CloudwatchEventTarget } from '../../aws';

export interface DeploymentEventsProps {
  /** Prefix of the rules' names. */
  readonly name: string;
  /** Beginning of the ARNs of the services of one cluster. */
  readonly servicePrefix: string;
  readonly topicArn: string;
}

/**
 * Tells people what ECS does on its own: a deployment that it rolled back, and tasks that it cannot
 * place. The pipeline may be long gone by then, or may never have run.
 */
export class DeploymentEvents extends Construct {
  constructor(scope: Construct, id: string, props: DeploymentEventsProps) {
    super(scope, id);
    this.announce('failed', props, {
      description: 'ECS gave a deployment up, and rolls it back where it can',
      detailType: 'ECS Deployment State Change',
      detail: { eventName: ['SERVICE_DEPLOYMENT_FAILED'] },
      title: 'Deployment failed',
    });
    this.announce('stuck', props, {
      description: 'ECS cannot start or keep tasks of a service',
      detailType: 'ECS Service Action',
      detail: { eventType: ['WARN', 'ERROR'] },
      title: 'Service in trouble',
    });
  }

  private announce(
    kind: string,
    props: DeploymentEventsProps,
    event: {
      readonly description: string;
      readonly detailType: string;
      readonly detail: object;
      readonly title: string;
    },
  ) {
    const rule = new CloudwatchEventRule(this, kind, {
      name: `${props.name}-deployment-${kind}`,
      description: event.description,
      eventPattern: JSON.stringify({
        source: ['aws.ecs'],
        'detail-type': [event.detailType],
        resources: [{ prefix: props.servicePrefix }],
        detail: event.detail,
      }),
    });
    new CloudwatchEventTarget(this, `${kind}-to-topic`, {
      rule: rule.name,
      targetId: 'alerts',
      arn: props.topicArn,
      // The form that the chat shows as a message of its own; e-mail shows it as it is.
      inputTransformer: {
        inputPaths: {
          event: '$.detail.eventName',
          reason: '$.detail.reason',
          service: '$.resources[0]',
          time: '$.time',
        },
        inputTemplate: JSON.stringify({
          version: '1.0',
          source: 'custom',
          content: {
            textType: 'client-markdown',
            title: event.title,
            description: '<event> of <service> at <time>: <reason>',
          },
        }),
      },
    });
  }
}
