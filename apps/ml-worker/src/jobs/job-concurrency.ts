import { minutesPerWeek, type InferenceProvider } from '@clarity/domain';
import type { EncoderSession } from '../inference/onnx-session';

/** A job holds a week and its result, about 200 KB. */
const mostJobs = 256;

/**
 * How many jobs to have in flight so that the model never waits for one: two batches, of which one computes and one
 * fills, and the jobs that are elsewhere. Those are, by Little's law (Operations Research 9, 1961), the rate of the
 * model times the time that a job is elsewhere.
 * @param batch weeks of the largest run
 */
export function jobsInFlight(batch: number, { weekMs, elsewhereMs }: JobTimes): number {
  return Math.min(mostJobs, 2 * batch + (weekMs > 0 ? Math.ceil(elsewhereMs / weekMs) : 0));
}

/** Milliseconds, lately. */
export interface JobTimes {
  /** Of a run of the model, divided by its weeks. */
  readonly weekMs: number;
  /** Of a job, without the model and the wait for it: mostly calls of AWS. */
  readonly elsewhereMs: number;
}

/** Measures jobs and the model that they share, each where it is wrapped. */
export interface JobTimer {
  times(): JobTimes;
  timeRuns(encoder: EncoderSession): EncoderSession;
  timeInference(inference: InferenceProvider): InferenceProvider;
  timeJob<Result>(work: () => Promise<Result>): Promise<Result>;
}

/** @param now milliseconds, never back */
export function jobTimer(now: () => number = () => performance.now()): JobTimer {
  const [weekMs, modelMs, jobMs] = [lately(), lately(), lately()];
  const timed = async <Result>(average: Average, work: () => Promise<Result>, parts = 1) => {
    const startedAt = now();
    const result = await work();
    average.add((now() - startedAt) / parts);
    return result;
  };
  return {
    times: () => ({
      weekMs: weekMs.mean(),
      elsewhereMs: Math.max(0, jobMs.mean() - modelMs.mean()),
    }),
    timeRuns: (encoder) => ({
      ...encoder,
      run: (weeks, output) =>
        timed(weekMs, () => encoder.run(weeks, output), weeks.length / minutesPerWeek),
    }),
    timeInference: (inference) => ({
      manifest: inference.manifest,
      embed: (weeks) => timed(modelMs, () => inference.embed(weeks)),
    }),
    timeJob: (work) => timed(jobMs, work),
  };
}

type Average = ReturnType<typeof lately>;

/** A moving average in which the last ten values weigh as much as all before them. */
function lately() {
  let mean: number | undefined;
  return {
    add(value: number) {
      mean ??= value;
      mean += (value - mean) / 15;
    },
    mean: () => mean ?? 0,
  };
}
