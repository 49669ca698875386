import { DomainError, type InferenceProvider } from '@clarity/domain';
import { ValidationError } from '@clarity/schema';
import { OverflowingWeek } from './encoder-inference';
import { selfTest } from './self-test';

/** The model fails weeks that are not to blame; only another process can answer them. */
export class SickModel extends DomainError {
  constructor(cause: unknown) {
    super('unavailable', 'The model failed its self-test after a failed run.', { cause });
    this.name = 'SickModel';
  }
}

/** A healthy model failed on this week twice, so the week is to blame. */
export class UnanswerableWeek extends Error {
  constructor(cause: unknown) {
    super('The model failed on this week twice and passed its self-test each time.', { cause });
    this.name = 'UnanswerableWeek';
  }
}

/**
 * Decides whose fault a failed run is. The self-test follows it: if that fails, the model is sick, for
 * good; if it passes, the week has a second run, alone. A week is to blame only next to a healthy model.
 * @param inference whose weeks fail alone
 * @returns `inference`: rejects with SickModel, UnanswerableWeek or ValidationError. `sick` aborts, with
 *   the SickModel as its reason, when the model turns out to be sick.
 */
export function judgedInference(inference: InferenceProvider): {
  inference: InferenceProvider;
  sick: AbortSignal;
} {
  const sick = new AbortController();
  let testing: Promise<void> | undefined;
  const assertHealthy = async () => {
    sick.signal.throwIfAborted();
    testing ??= selfTest(inference).finally(() => (testing = undefined));
    await testing.catch((cause: unknown) => sick.abort(new SickModel(cause)));
    sick.signal.throwIfAborted();
  };
  const embed = async (weeks: readonly Float32Array[]) => {
    sick.signal.throwIfAborted();
    return inference.embed(weeks);
  };
  return {
    sick: sick.signal,
    inference: {
      manifest: inference.manifest,
      async embed(weeks) {
        try {
          return await embed(weeks);
        } catch (error) {
          if (isOfTheWeek(error) || error instanceof DomainError) throw error;
        }
        await assertHealthy();
        try {
          return await embed(weeks);
        } catch (error) {
          await assertHealthy();
          throw error instanceof OverflowingWeek ? error : new UnanswerableWeek(error);
        }
      },
    },
  };
}

/** It was refused before the model ran. */
function isOfTheWeek(error: unknown): boolean {
  return error instanceof ValidationError && !(error instanceof OverflowingWeek);
}
