const ending = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The signals that end a program, as something to wait for. */
export interface SignalWatch {
  /** Resolves with the name of the first one. */
  readonly received: Promise<NodeJS.Signals>;
  /** From here on, signals do what they do by default. */
  stop(): void;
}

/** Takes over SIGINT, SIGTERM and SIGHUP; `onSignal` is called for every one of them. */
export function nextSignal(onSignal: (signal: NodeJS.Signals) => void = () => {}): SignalWatch {
  let resolve: (signal: NodeJS.Signals) => void = () => {};
  const received = new Promise<NodeJS.Signals>((done) => {
    resolve = done;
  });
  const listener = (signal: NodeJS.Signals) => {
    resolve(signal);
    onSignal(signal);
  };
  for (const signal of ending) process.on(signal, listener);
  return {
    received,
    stop: () => {
      for (const signal of ending) process.off(signal, listener);
    },
  };
}
