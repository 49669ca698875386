/**
 * The concurrency group of an environment at GitHub: one run at a time, one that waits, and a newer one takes
 * the waiting one's place.
 */
export function environmentQueue() {
  let isBusy = false;
  let waiting: ((entered: boolean) => void) | undefined;
  return {
    /** @returns false if a newer run has taken its place */
    async enter(): Promise<boolean> {
      if (!isBusy) return (isBusy = true);
      waiting?.(false);
      return new Promise((resolve) => (waiting = resolve));
    },
    leave(): void {
      const next = waiting;
      waiting = undefined;
      if (next) next(true);
      else isBusy = false;
    },
  };
}
