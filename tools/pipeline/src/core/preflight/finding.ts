/** What one check of a preflight found. */
export interface Finding {
  /** What was checked, e.g. "Elastic IP addresses". */
  readonly subject: string;
  /**
   * - `ok`: nothing to do
   * - `later`: the apply succeeds, but something will not work until a person has acted
   * - `blocks`: an apply would fail half way
   */
  readonly outcome: 'ok' | 'later' | 'blocks';
  /** What was found and what to do, or why nothing is to be done. */
  readonly text: string;
}
