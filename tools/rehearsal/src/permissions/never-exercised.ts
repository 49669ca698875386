/** A statement that no rehearsal exercises, with the reason why it is needed all the same. */
export interface NeverExercised {
  /** Name of the role, or `*` for every role. */
  readonly role: string;
  readonly sid: string;
  readonly reason: string;
}

/** The statements of our roles; an entry that a rehearsal exercises after all is an error. */
export const neverExercised: readonly NeverExercised[] = [];

export function reasonFor(
  known: readonly NeverExercised[],
  role: string,
  sid: string,
): string | undefined {
  return known.find((each) => each.sid === sid && (each.role === '*' || each.role === role))
    ?.reason;
}
