/** What a job printed, masked. */
export interface JobLine {
  readonly job: string;
  readonly line: string;
}

/** Passes on what jobs print to whoever listens. */
export class LineFeed {
  private readonly listeners = new Set<(line: JobLine) => void>();

  say(line: JobLine): void {
    for (const listener of this.listeners) listener(line);
  }

  /** @returns what ends it */
  listen(listener: (line: JobLine) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }
}
