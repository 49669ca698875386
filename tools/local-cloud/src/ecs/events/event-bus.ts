import type { CallJson } from '../../moto/aws-json';

/** An event of ECS on the default event bus of its region. */
export interface EcsEvent {
  readonly detailType: 'ECS Deployment State Change' | 'ECS Service Action';
  readonly resources: readonly string[];
  readonly region: string;
  readonly time: Date;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Puts an event on the bus. Nothing waits for it, and one that is lost changes nothing else. */
export type PutEvent = (event: EcsEvent) => void;

/** Puts events on moto's bus, whose rules notify their targets. */
export const eventBus =
  (call: CallJson): PutEvent =>
  ({ detailType, resources, region, time, detail }) => {
    const entry = {
      Source: 'aws.ecs',
      DetailType: detailType,
      Resources: resources,
      Time: time.getTime() / 1000,
      Detail: JSON.stringify(detail),
    };
    const target = 'AWSEvents.PutEvents';
    call({ service: 'events', region, target }, { Entries: [entry] }).catch(() => {});
  };
