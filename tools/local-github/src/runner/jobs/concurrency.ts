interface Entry {
  readonly ended: Promise<unknown>;
  cancel(): void;
}

/**
 * Concurrency groups: one run of a group is active and one waits; the next one replaces the one that
 * waits. So nothing may rely on each push having its own run.
 */
export class ConcurrencyGroups {
  private readonly running = new Map<string, Entry>();
  private readonly waiting = new Map<string, { cancel(): void }>();

  /**
   * Runs work within a group.
   * @param work its signal is aborted if a later run cancels it
   * @returns undefined if it was cancelled before it began
   */
  async within<T>(
    { group, cancelInProgress }: { group: string | undefined; cancelInProgress: boolean },
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T | undefined> {
    const cancelled = new AbortController();
    if (group === undefined) return work(cancelled.signal);
    const me = { cancel: () => cancelled.abort() };
    this.waiting.get(group)?.cancel();
    this.waiting.set(group, me);
    for (;;) {
      const before = this.running.get(group);
      if (!before) break;
      if (cancelInProgress) before.cancel();
      await before.ended;
      if (cancelled.signal.aborted) return undefined;
    }
    this.waiting.delete(group);
    const ended = work(cancelled.signal);
    const entry = { ...me, ended: ended.catch(() => undefined) };
    this.running.set(group, entry);
    try {
      return await ended;
    } finally {
      this.running.delete(group);
    }
  }
}
