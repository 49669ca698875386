import type { CallJson } from '../../moto/aws-json';

/** An event of ECS on the default event bus of its region. */
export interface EcsEvent {
  readonly detailType:
    'ECS Deployment State Change' | 'ECS Service Action' | 'ECS Task State Change';
  readonly resources: readonly string[];
  readonly region: string;
  readonly time: Date;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Puts an event on the bus. Nothing waits for it, and one that is lost changes nothing else. */
export type PutEvent = (event: EcsEvent) => void;

/** The most that one PutEvents takes. */
const largestBatch = 10;

/** Puts events on moto's bus, whose rules notify their targets, in the order in which they come. */
export function eventBus(call: CallJson): PutEvent {
  const waiting: EcsEvent[] = [];
  let sending = false;
  const send = async () => {
    if (sending) return;
    sending = true;
    for (let [next] = waiting; next; [next] = waiting) {
      const { region } = next;
      const other = waiting.findIndex((event) => event.region !== region);
      const batch = waiting.splice(0, Math.min(largestBatch, other === -1 ? Infinity : other));
      const target = 'AWSEvents.PutEvents';
      const Entries = batch.map(entryOf);
      await call({ service: 'events', region, target }, { Entries }).catch(() => {});
    }
    sending = false;
  };
  return (event) => {
    waiting.push(event);
    void send();
  };
}

const entryOf = ({ detailType, resources, time, detail }: EcsEvent) => ({
  Source: 'aws.ecs',
  DetailType: detailType,
  Resources: resources,
  Time: time.getTime() / 1000,
  Detail: JSON.stringify(detail),
});
