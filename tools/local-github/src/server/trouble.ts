/** Something that goes wrong with requests, `times` times, by default once. */
export interface Trouble {
  /** Id of an operation (`issues/create-comment`), or tested against `POST /repos/…`. */
  readonly match: string | RegExp;
  readonly times?: number;
  readonly latencyMs?: number;
  /** What another person does at this moment, before the request takes effect. */
  readonly meanwhile?: () => unknown;
  /** Answers this instead. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly message?: string;
  /** The request takes effect all the same: only its answer is lost. */
  readonly takesEffect?: boolean;
}

export interface Troubles {
  add(trouble: Trouble): void;
  /** Of those added, what has not come to pass. */
  pending(): readonly Trouble[];
  clear(): void;
}

/** A secondary rate limit in GitHub's words. @param seconds to wait; undefined if GitHub names none */
export function secondaryRateLimit(
  seconds?: number,
  status: 403 | 429 = 403,
): Pick<Trouble, 'status' | 'headers' | 'message'> {
  return {
    status,
    headers: seconds === undefined ? {} : { 'retry-after': String(seconds) },
    message:
      'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
  };
}

export function newTroubles(): Troubles & {
  /** The trouble that meets a request, if any; it counts as used. */
  meet(operation: string | undefined, request: string): Trouble | undefined;
} {
  const list: { readonly trouble: Trouble; left: number }[] = [];
  const waiting = () => list.filter(({ left }) => left > 0);
  return {
    add: (trouble) => void list.push({ trouble, left: trouble.times ?? 1 }),
    pending: () => waiting().map(({ trouble }) => trouble),
    clear: () => void list.splice(0),
    meet(operation, request) {
      const met = waiting().find(({ trouble: { match } }) =>
        typeof match === 'string' ? match === operation : match.test(request),
      );
      if (met) met.left--;
      return met?.trouble;
    },
  };
}
