import type { SimulatedTime } from './simulated-time';

/** What befalls one run of the pipeline. Steps are counted: each call begins with one and ends with one. */
export interface Trouble {
  /** The runner dies at this step, and nothing of the run happens after it. */
  readonly dieAt?: number | undefined;
  /** From this step on AWS refuses the run's credentials. */
  readonly expireAt?: number | undefined;
  /** Every so many calls of ECS one is throttled, although the SDK has tried again. */
  readonly throttleEvery?: number | undefined;
}

/** One run of the pipeline, which may be killed between any two of its steps. */
export class SimulatedRun {
  #steps = 0;
  #calls = 0;
  end: 'green' | 'red' | undefined;
  /** Why it is red. */
  error: unknown;

  constructor(
    readonly name: string,
    private readonly trouble: Trouble,
    private readonly time: SimulatedTime,
    private readonly random: (limit: number) => number,
  ) {}

  /** When it ended or died. */
  overAt: number | undefined;

  get isOver(): boolean {
    return this.overAt !== undefined;
  }

  /** As `target`, with steps before and after each call, and the trouble of this run. */
  through<Target extends object>(target: Target, { isThrottled = false } = {}): Target {
    return new Proxy(target, {
      get: (object, name) => {
        const member = Reflect.get(object, name) as unknown;
        if (typeof member !== 'function') return member;
        return async (...args: unknown[]) => {
          await this.#step();
          this.#refuse(isThrottled);
          const answer = (await (member as (...args: unknown[]) => unknown).apply(
            object,
            args,
          )) as object;
          await this.#step();
          return answer;
        };
      },
    });
  }

  async #step(): Promise<void> {
    await this.time.sleep(10 + this.random(150));
    if (++this.#steps === this.trouble.dieAt) this.overAt = this.time.now();
    if (this.isOver) await new Promise(() => {});
  }

  #refuse(isThrottled: boolean): void {
    const { expireAt = Infinity, throttleEvery = Infinity } = this.trouble;
    if (this.#steps >= expireAt) throw refusal('ExpiredTokenException');
    if (isThrottled && ++this.#calls % throttleEvery === 0) throw refusal('ThrottlingException');
  }

  /** Runs a verb to its end, unless the run dies first. */
  async play(verb: () => Promise<unknown>): Promise<void> {
    try {
      await verb();
      this.end = 'green';
    } catch (error) {
      this.end = 'red';
      this.error = error;
    }
    this.overAt = this.time.now();
  }
}

function refusal(name: string): Error {
  return Object.assign(new Error(`refused: ${name}`), { name, $metadata: { httpStatusCode: 400 } });
}
