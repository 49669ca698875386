import type { Construct } from 'constructs';
import { CloudwatchEventRule, CloudwatchEventTarget } from '../../aws';

export interface EventAlertProps {
  /** Of the rule. */
  readonly name: string;
  readonly description: string;
  /** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html */
  readonly pattern: object;
  readonly topicArn: string;
  readonly title: string;
  /** With `<name>` for each value of `values`. */
  readonly text: string;
  /** Name → where its value is in the event. A value with a quote in it may not be delivered. */
  readonly values: Readonly<Record<string, string>>;
}

/** A rule of EventBridge that publishes a message about each matching event to a topic. */
export function addEventAlert(scope: Construct, id: string, props: EventAlertProps): void {
  const rule = new CloudwatchEventRule(scope, id, {
    name: props.name,
    description: props.description,
    eventPattern: JSON.stringify(props.pattern),
  });
  new CloudwatchEventTarget(scope, `${id}-to-topic`, {
    rule: rule.name,
    targetId: 'alerts',
    arn: props.topicArn,
    // The custom notification format of the chat; e-mail shows it as JSON.
    inputTransformer: {
      inputPaths: { ...props.values },
      inputTemplate: JSON.stringify({
        version: '1.0',
        source: 'custom',
        content: { textType: 'client-markdown', title: props.title, description: props.text },
      }),
    },
  });
}
