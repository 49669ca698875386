/** A step of the rehearsal, as the report shows it. */
export interface StepRecord {
  readonly name: string;
  readonly ok: boolean;
  readonly seconds: number;
  /** What it showed, one line; or why it failed. */
  readonly detail: string;
}

export class StepFailure extends Error {
  constructor(
    readonly step: string,
    cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'StepFailure';
  }
}

export interface Progress {
  started(step: string): void;
  /** Something happened inside the running step. */
  note(text: string): void;
  ended(record: StepRecord): void;
}

type Work<Value> = (note: (text: string) => void) => Promise<Value>;

/** Runs steps one after another and keeps their records. */
export class Story {
  readonly steps: StepRecord[] = [];

  constructor(
    private readonly progress: Progress,
    private readonly signal: AbortSignal,
  ) {}

  /**
   * @param describe what the step showed, from what the work returned
   * @throws StepFailure, after recording it; also when the rehearsal was interrupted
   */
  async step<Value>(
    name: string,
    work: Work<Value>,
    describe: (value: Value) => string,
  ): Promise<Value> {
    return this.record(name, describe, async (note) => {
      this.signal.throwIfAborted();
      try {
        return await work(note);
      } catch (error) {
        // What an interrupted step fails with is only a consequence.
        this.signal.throwIfAborted();
        throw error;
      }
    });
  }

  /** A step that runs whatever happened before, an interruption included. */
  async lastStep<Value>(
    name: string,
    work: Work<Value>,
    describe: (value: Value) => string,
  ): Promise<Value> {
    return this.record(name, describe, work);
  }

  private async record<Value>(
    name: string,
    describe: (value: Value) => string,
    work: Work<Value>,
  ): Promise<Value> {
    this.progress.started(name);
    const startedAt = performance.now();
    const end = (ok: boolean, detail: string) => {
      const seconds = Math.round((performance.now() - startedAt) / 10) / 100;
      const record = { name, ok, seconds, detail };
      this.steps.push(record);
      this.progress.ended(record);
    };
    try {
      const value = await work((text) => this.progress.note(text));
      end(true, describe(value));
      return value;
    } catch (error) {
      const failure = new StepFailure(name, error);
      end(false, failure.message);
      throw failure;
    }
  }
}
