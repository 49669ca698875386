/** What a caller of a port may ask of any call. */
export interface CallOptions {
  /**
   * Aborts when no caller waits for the answer any more, usually at the deadline of a request. The call
   * then rejects with a DomainError `unavailable`; whether it took effect is unknown.
   */
  readonly signal?: AbortSignal;
}
