/** What has to be undone at the end, however the test ends; the newest first. */
export interface CleanUps {
  add(what: string, undo: () => Promise<unknown>): void;
  /** Undoes all, once; a failure is reported and does not keep the rest from being undone. */
  run(): Promise<void>;
}

export function cleanUps(tell: (line: string) => void): CleanUps {
  const left: { what: string; undo: () => Promise<unknown> }[] = [];
  let running: Promise<void> | undefined;
  const undoAll = async () => {
    for (let next = left.pop(); next; next = left.pop())
      try {
        await next.undo();
      } catch (error) {
        tell(`left behind: ${next.what} (${error instanceof Error ? error.message : error})`);
      }
  };
  return {
    add: (what, undo) => void left.push({ what, undo }),
    run: () => (running ??= undoAll()),
  };
}
