/** `concurrency` of a workflow or a job, resolved. */
export interface Concurrency {
  readonly group: string;
  readonly cancelInProgress: boolean;
  /** `single`: a new one replaces the one that waits. `max`: they wait in order, at most 100. */
  readonly queue: 'single' | 'max';
}

interface Member {
  cancel(): void;
  readonly left: Promise<void>;
}

const maxPending = 100;

/**
 * Concurrency groups: one member of a group is active, the others wait for their turn.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#concurrency
 */
export class ConcurrencyGroups {
  /** By name in lower case; the first member is active, the others wait. */
  private readonly groups = new Map<string, Member[]>();

  /**
   * Runs work once it is its turn.
   * @param cancelled ends the wait
   * @param work its signal is aborted if a later member cancels it
   * @returns undefined if it was cancelled before it began
   */
  async within<T>(
    { group, cancelInProgress, queue }: Concurrency,
    cancelled: AbortSignal,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T | undefined> {
    const members = this.groups.get(group.toLowerCase()) ?? [];
    this.groups.set(group.toLowerCase(), members);
    const [active, ...pending] = members;
    if (queue === 'max' && pending.length >= maxPending) return undefined;
    if (queue === 'single') for (const each of pending) each.cancel();
    if (cancelInProgress) active?.cancel();

    const own = new AbortController();
    const over = AbortSignal.any([own.signal, cancelled]);
    const aborted = new Promise<void>((resolve) =>
      over.addEventListener('abort', () => resolve(), { once: true }),
    );
    let leave = () => {};
    const left = new Promise<void>((resolve) => (leave = resolve));
    const me = { cancel: () => own.abort(), left };
    members.push(me);
    try {
      while (members[0] !== me && !over.aborted) await Promise.race([members[0]?.left, aborted]);
      return over.aborted ? undefined : await work(own.signal);
    } finally {
      members.splice(members.indexOf(me), 1);
      leave();
    }
  }
}
