import type { HealthEvent, MessageBus } from '../ports/messages';
import { faults, type FaultInjection } from './fault-injection';

export interface InMemoryMessageBus extends MessageBus, FaultInjection {
  /** Everything published so far, oldest first. */
  readonly published: readonly HealthEvent[];
  /** Delivers the bodies of later events of `type`, as a filtered subscription with raw delivery does. */
  subscribe(type: HealthEvent['type'], deliver: (body: string) => void): void;
}

export function inMemoryMessageBus(): InMemoryMessageBus {
  const published: HealthEvent[] = [];
  const subscriptions: { type: HealthEvent['type']; deliver: (body: string) => void }[] = [];
  const { check, failNext, slowDown } = faults('message bus');
  return {
    failNext,
    slowDown,
    published,
    subscribe: (type, deliver) => void subscriptions.push({ type, deliver }),
    async publish(event, options) {
      await check(options);
      const body = JSON.stringify(event);
      published.push(JSON.parse(body) as HealthEvent);
      for (const { type, deliver } of subscriptions) if (type === event.type) deliver(body);
    },
  };
}
