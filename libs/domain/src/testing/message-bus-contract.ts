import type { JobQueue, MessageBus, HealthEvent } from '../ports/messages';
import { anAnalysis } from './builders';

export interface MessageBusHarness {
  readonly bus: MessageBus;
  /** Subscribed, without envelope, to `analysis.requested` only. */
  readonly subscriber: JobQueue;
}

/** What every MessageBus has to do. */
export function describeMessageBus(
  name: string,
  factory: () => MessageBusHarness | Promise<MessageBusHarness>,
): void {
  describe(`${name} as a MessageBus`, () => {
    it('delivers each event to the subscriber of its type, as plain JSON', async () => {
      const { bus, subscriber } = await factory();
      const events = Array.from({ length: 3 }, () => anEvent());
      for (const event of events) await bus.publish(event);
      const received: unknown[] = [];
      while (received.length < events.length) {
        const jobs = await subscriber.receive({ max: 10, waitSeconds: 5 });
        if (jobs.length === 0) throw new Error(`${received.length} of 3 events came.`);
        for (const { body, receipt } of jobs) {
          received.push(JSON.parse(body));
          await subscriber.complete(receipt);
        }
      }
      expect(received).toHaveLength(3);
      expect(received).toEqual(expect.arrayContaining(events));
    });
  });
}

function anEvent(): HealthEvent {
  const { id, userId, input, model, requestedAt } = anAnalysis();
  return {
    schema: 1,
    type: 'analysis.requested',
    analysisId: id,
    userId,
    input,
    model,
    requestedAt,
    trace: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  };
}
