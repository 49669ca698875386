const ending = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Aborts at the first signal that asks this process to end: a terminal's, or those of GitHub's runner (SIGINT, and
 * SIGTERM 7.5 s later). The process then ends once everything that waits for this has stopped. Further signals
 * change nothing: Terraform releases no lock if it is interrupted twice.
 */
export function interruption(): AbortSignal {
  const interrupted = new AbortController();
  for (const name of ending) process.on(name, () => interrupted.abort(new Error(name)));
  return interrupted.signal;
}
