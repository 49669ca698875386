import pc from 'picocolors';

/** Reports what a verb does, on standard error: standard output is for results. */
export interface Reporter {
  /** A new stage of the work. */
  step(text: string): void;
  /** An event within it. */
  info(text: string): void;
  warn(text: string): void;
}

export function consoleReporter(
  startedAt: number = Date.now(),
  stream: { write(text: string): unknown } = process.stderr,
): Reporter {
  const line = (mark: string, text: string) => {
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1).padStart(6);
    stream.write(`${pc.dim(`${seconds}s`)} ${mark} ${text}\n`);
  };
  return {
    step: (text) => line(pc.cyan('▸'), pc.bold(text)),
    info: (text) => line(' ', text),
    warn: (text) => line(pc.yellow('!'), pc.yellow(text)),
  };
}

/** Marks the lines of one of several parallel tasks. */
export function prefixed(reporter: Reporter, prefix: string): Reporter {
  return {
    step: (text) => reporter.step(`${prefix}: ${text}`),
    info: (text) => reporter.info(`${prefix}: ${text}`),
    warn: (text) => reporter.warn(`${prefix}: ${text}`),
  };
}
