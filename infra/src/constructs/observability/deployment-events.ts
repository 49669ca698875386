import { Construct } from 'constructs';
import { addEventAlert } from './event-alert';

export interface DeploymentEventsProps {
  /** Prefix of the rules' names. */
  readonly name: string;
  /** ARN prefix of the services in one cluster. */
  readonly servicePrefix: string;
  readonly topicArn: string;
}

/**
 * Notifies of what ECS does by itself: a deployment that it rolled back, and tasks that it cannot place.
 * The pipeline may no longer be running at that time, or may never have run.
 */
export class DeploymentEvents extends Construct {
  constructor(scope: Construct, id: string, props: DeploymentEventsProps) {
    super(scope, id);
    this.announce('failed', props, {
      description: 'ECS failed a deployment and rolls it back if possible',
      detailType: 'ECS Deployment State Change',
      detail: { eventName: ['SERVICE_DEPLOYMENT_FAILED'] },
      title: 'Deployment failed',
    });
    this.announce('stuck', props, {
      description: 'ECS cannot start or keep tasks of a service',
      detailType: 'ECS Service Action',
      detail: { eventType: ['WARN', 'ERROR'] },
      title: 'Service cannot run its tasks',
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
    addEventAlert(this, kind, {
      name: `${props.name}-deployment-${kind}`,
      description: event.description,
      pattern: {
        source: ['aws.ecs'],
        'detail-type': [event.detailType],
        resources: [{ prefix: props.servicePrefix }],
        detail: event.detail,
      },
      topicArn: props.topicArn,
      title: event.title,
      text: '<event> of <service> at <time>: <reason>',
      values: {
        event: '$.detail.eventName',
        reason: '$.detail.reason',
        service: '$.resources[0]',
        time: '$.time',
      },
    });
  }
}
