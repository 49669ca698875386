import type { Clock } from '@clarity/host';
import { AwsServiceError, type CallJson } from '../../moto/aws-json';

/** Where the awslogs driver of a container sends its lines. */
export interface LogDestination {
  readonly region: string;
  readonly group: string;
  readonly stream: string;
  readonly createGroup: boolean;
}

/** Sends log lines to CloudWatch Logs in batches; best effort, as the driver itself is by default. */
export interface LogShipper {
  send(destination: LogDestination, message: string): void;
  /** Sends what is waiting; never fails. */
  flush(): Promise<void>;
}

const flushAfterMs = 1_000;
/** The service takes at most 10,000 events a call. */
const largestBatch = 1_000;

interface Waiting {
  readonly destination: LogDestination;
  created: boolean;
  events: { timestamp: number; message: string }[];
}

/** @param onMessage sees every line, before it is sent */
export function cloudWatchShipper(
  call: CallJson,
  clock: Clock,
  onMessage: (message: string) => void,
): LogShipper {
  const streams = new Map<string, Waiting>();
  let scheduled = false;
  let flushing = Promise.resolve();

  const flush = () => {
    scheduled = false;
    flushing = flushing.then(async () => {
      for (const waiting of streams.values())
        if (waiting.events.length > 0) await ship(call, waiting).catch(() => {});
    });
    return flushing;
  };
  return {
    flush,
    send: (destination, message) => {
      onMessage(message);
      const key = `${destination.region} ${destination.group} ${destination.stream}`;
      const waiting = streams.get(key) ?? { destination, created: false, events: [] };
      streams.set(key, waiting);
      // The service refuses empty messages.
      waiting.events.push({ timestamp: clock.now(), message: message === '' ? ' ' : message });
      if (scheduled) return;
      scheduled = true;
      clock.after(flushAfterMs, () => void flush());
    },
  };
}

async function ship(call: CallJson, waiting: Waiting): Promise<void> {
  const { region, group, stream, createGroup } = waiting.destination;
  const logs = (action: string, input: unknown) =>
    call({ service: 'logs', region, target: `Logs_20140328.${action}` }, input);
  const events = waiting.events.splice(0, largestBatch);
  if (!waiting.created) {
    if (createGroup) await unlessExists(logs('CreateLogGroup', { logGroupName: group }));
    await unlessExists(logs('CreateLogStream', { logGroupName: group, logStreamName: stream }));
    waiting.created = true;
  }
  await logs('PutLogEvents', { logGroupName: group, logStreamName: stream, logEvents: events });
  if (waiting.events.length > 0) await ship(call, waiting);
}

async function unlessExists(created: Promise<unknown>): Promise<void> {
  await created.catch((error: unknown) => {
    const exists =
      error instanceof AwsServiceError && error.code === 'ResourceAlreadyExistsException';
    if (!exists) throw error;
  });
}
