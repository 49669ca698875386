import type { CallOptions, CloudProvider } from '@clarity/domain';

export interface RecordedCall {
  /** For example `healthData.findSamples`. */
  readonly name: string;
  readonly options: CallOptions | undefined;
}

const ports = ['healthData', 'objects', 'auth', 'events', 'idempotency'] as const;

/** Replaces every method of the cloud's ports by one that records its options first. */
export function recordCalls(cloud: CloudProvider): RecordedCall[] {
  const calls: RecordedCall[] = [];
  for (const name of ports) {
    const port = cloud[name] as unknown as Record<string, unknown>;
    for (const [method, work] of Object.entries(port)) {
      if (typeof work !== 'function') continue;
      port[method] = (...args: unknown[]) => {
        calls.push({ name: `${name}.${method}`, options: args.at(-1) as CallOptions | undefined });
        return work.apply(port, args);
      };
    }
  }
  return calls;
}
