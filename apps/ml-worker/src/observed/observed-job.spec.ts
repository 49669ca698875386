import type { Job } from '@clarity/domain';
import { startMetrics } from '@clarity/telemetry';
import { recordSpans } from '@clarity/telemetry/testing';
import { askFor, delivery, workplace } from '../../test/queued-analysis';
import { encoderInference } from '../inference/encoder-inference';
import { handleJob } from '../jobs/handle-job';
import { traceInference, traceJob } from './trace-job';

/** X-Ray's ids begin with the time. */
const time = Math.floor(Date.now() / 1_000).toString(16);
const caller = `00-${time}16cd43dd8448eb211c80319c-b7ad6b7169203331-01`;
const traced = (job: Job): Job => ({
  ...job,
  body: JSON.stringify({ ...JSON.parse(job.body), trace: caller }),
});

async function observed(work: () => Promise<void>) {
  const recorded = recordSpans();
  const lines: string[] = [];
  const metrics = startMetrics('ml-worker', (line) => void lines.push(line));
  await work();
  metrics.stop();
  recorded.stop();
  const metric = (name: string) =>
    lines.map((line) => JSON.parse(line)).filter((line) => line[name] !== undefined);
  return { spans: recorded.spans(), metric };
}

test('a job is part of the trace of its message, and so is its inference', async () => {
  const { cloud, handling, logged } = workplace();
  await askFor(cloud);
  const job = traced(await delivery(cloud));
  const inference = traceInference(handling.inference);
  const { spans } = await observed(async () => {
    await traceJob(job, () => handleJob(job, { ...handling, inference }));
  });
  const [embed, process] = spans;
  expect(process).toMatchObject({ name: 'process analysis.requested' });
  expect(process?.spanContext().traceId).toBe(`${time}16cd43dd8448eb211c80319c`);
  expect(process?.parentSpanContext?.spanId).toBe('b7ad6b7169203331');
  expect(embed).toMatchObject({ name: 'inference' });
  expect(embed?.parentSpanContext?.spanId).toBe(process?.spanContext().spanId);
  const handled = logged().find(({ message }) => message === 'job handled');
  expect(handled).toMatchObject({ traceId: `1-${time}-16cd43dd8448eb211c80319c` });
});

test('a body that is not a message is handled all the same', async () => {
  for (const body of ['', 'noise', 'null', '{"trace":7}']) {
    let done = false;
    const job: Job = { body, messageId: 'm', receipt: 'r', deliveries: 1 };
    await observed(() => traceJob(job, async () => void (done = true)));
    expect(done).toBe(true);
  }
});

test('waits, jobs and analyses are measured, analyses by how they ended', async () => {
  const { cloud, handling } = workplace();
  await askFor(cloud);
  await askFor(cloud, () => 'not an input');
  const { metric } = await observed(async () => {
    for (let index = 0; index < 2; index++) {
      const job = await delivery(cloud);
      await traceJob(job, () => handleJob(job, handling));
    }
  });
  expect(metric('HandledJobs')).toMatchObject([{ Verdict: 'done', HandledJobs: [1, 1] }]);
  expect(metric('QueueWait')).toMatchObject([
    { QueueWait: [expect.any(Number), expect.any(Number)] },
  ]);
  expect(metric('EndedAnalyses')).toMatchObject([
    { Outcome: 'completed', EndedAnalyses: [1] },
    { Outcome: 'invalid-input', EndedAnalyses: [1] },
  ]);
});

test('the wait of a job that was delivered before is not measured', async () => {
  const { cloud } = workplace();
  const { message } = await askFor(cloud);
  const job = await delivery(cloud);
  const redriven = { ...job, body: JSON.stringify({ ...message, redrives: 1 }) };
  const { metric } = await observed(async () => {
    for (const each of [job, { ...job, deliveries: 2 }, redriven])
      await traceJob(each, async () => undefined);
  });
  expect(metric('QueueWait')).toMatchObject([{ QueueWait: [expect.any(Number)] }]);
});

test('a run of the model is measured with the weeks in it, not with what fills it up', async () => {
  const { inference } = workplace();
  const policy = { buckets: [4], flushAfterMs: 0 };
  const run = async (weeks: Float32Array) => new Float32Array((weeks.length / 10_080) * 96);
  const encoder = encoderInference(inference.manifest, { run }, policy);
  const week = new Float32Array(10_080).fill(1);
  const { metric } = await observed(async () => void (await encoder.embed([week])));
  expect(metric('BatchSize')).toMatchObject([{ BatchSize: [1] }]);
  for (const name of ['InferenceTime', 'WeeksPerSecond'])
    expect(metric(name)[0][name][0]).toBeGreaterThan(0);
});
