import type { InferenceProvider } from '@clarity/domain';
import { inMemoryInferenceProvider } from '@clarity/domain/testing';
import { ValidationError } from '@clarity/schema';
import { judgedInference, SickModel, UnanswerableWeek } from './judged-inference';
import { OverflowingWeek } from './encoder-inference';
import { probeWeek } from './probe-week';

const good = new Float32Array(10_080).fill(3);
const poison = new Float32Array(10_080).fill(666);
const isPoison = (week?: Float32Array) => week?.[0] === 666;

/** A model whose self-test is right, and which `breakage` makes fail. */
async function judged(breakage: (week: Float32Array | undefined, run: number) => void) {
  const provider = inMemoryInferenceProvider();
  const [golden = new Float32Array()] = await provider.embed([probeWeek()]);
  const manifest = {
    ...provider.manifest,
    selfTest: { embedding: [...golden], tolerance: 1e-3 },
  };
  const runs: ('good' | 'poison' | 'probe')[] = [];
  const inference: InferenceProvider = {
    manifest,
    async embed(weeks) {
      const [week] = weeks;
      runs.push(isPoison(week) ? 'poison' : week?.[0] === 3 ? 'good' : 'probe');
      breakage(week, runs.length);
      return provider.embed(weeks);
    },
  };
  return { ...judgedInference(inference), runs };
}
const crash = (): never => {
  throw new Error('kernel crashed');
};

test('a hiccup costs two runs more, and the week has its answer', async () => {
  const { inference, sick, runs } = await judged((_, run) => void (run === 1 && crash()));
  await expect(inference.embed([good])).resolves.toHaveLength(1);
  expect(runs).toEqual(['good', 'probe', 'good']);
  expect(sick.aborted).toBe(false);
});

test('a week that fails twice next to a healthy model is to blame', async () => {
  const { inference, sick, runs } = await judged((week) => void (isPoison(week) && crash()));
  await expect(inference.embed([poison])).rejects.toBeInstanceOf(UnanswerableWeek);
  expect(runs).toEqual(['poison', 'probe', 'poison', 'probe']);
  expect(sick.aborted).toBe(false);
  await expect(inference.embed([good])).resolves.toHaveLength(1);
});

test('a model that fails its self-test is sick for good, and no week is to blame', async () => {
  let broken = true;
  const { inference, sick, runs } = await judged(() => void (broken && crash()));
  const ends = await Promise.allSettled(
    [good, poison, good].map((week) => inference.embed([week])),
  );
  for (const end of ends)
    expect(end).toMatchObject({ status: 'rejected', reason: { kind: 'unavailable' } });
  expect(sick.reason).toBeInstanceOf(SickModel);
  broken = false;
  await expect(inference.embed([good])).rejects.toBe(sick.reason);
  // They share a self-test, and nothing runs once it has failed.
  expect(runs).toEqual(['good', 'poison', 'good', 'probe']);
});

test('a week whose second run takes the model down is not to blame', async () => {
  let down = false;
  const { inference, sick } = await judged((week, run) => {
    if (isPoison(week)) down = run > 1;
    if (down || isPoison(week)) crash();
  });
  await expect(inference.embed([poison])).rejects.toBeInstanceOf(SickModel);
  expect(sick.aborted).toBe(true);
});

test('answers that are not numbers are the fault of the model, if it fails its self-test', async () => {
  const { inference, sick } = await judged((week) => {
    if (week?.[0] === 3) throw new OverflowingWeek();
    crash();
  });
  await expect(inference.embed([good])).rejects.toBeInstanceOf(SickModel);
  expect(sick.aborted).toBe(true);
});

test('answers that are not numbers are the fault of the week, if the model is healthy', async () => {
  const { inference } = await judged((week) => {
    if (isPoison(week)) throw new OverflowingWeek();
  });
  await expect(inference.embed([poison])).rejects.toBeInstanceOf(ValidationError);
});

test('a week that cannot be scaled is refused without a test', async () => {
  const { inference, runs } = await judged(() => undefined);
  const empty = new Float32Array(10_080).fill(NaN);
  await expect(inference.embed([empty])).rejects.toBeInstanceOf(ValidationError);
  expect(runs).toHaveLength(1);
});
