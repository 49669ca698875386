import type { CloudProvider } from '@clarity/domain';
import type { Logger } from '@clarity/telemetry';
import { traceInference, traceJob } from '../observed/trace-job';
import type { QueueConfig } from '../config';
import { largestBatch } from '../inference/batch-policy';
import { loadModel, type LoadedModel } from '../inference/load-model';
import { openEncoder } from '../inference/onnx-session';
import { handleJob } from '../jobs/handle-job';
import { jobsInFlight, jobTimer } from '../jobs/job-concurrency';
import { runQueueLoop } from '../jobs/queue-loop';
import { serveHealth, stateOf } from './health-server';

/** A stop waits for the poll under way, so it is not SQS's longest. */
const waitSeconds = 5;
/** Milliseconds: twice what the calls of a job take if each of their tries times out. */
const jobDeadlineMs = 600_000;

/**
 * Mode `queue`: loads the model, then takes jobs until `stop` aborts and the last of them is finished.
 * @throws Error if the model cannot be loaded or fails its self-test; SickModel if it fails it later, when
 *   the jobs in hand have been given back
 */
export async function workQueue(
  config: QueueConfig,
  cloud: Pick<CloudProvider, 'healthData' | 'objects' | 'analysisJobs'>,
  log: Logger,
  stop: AbortSignal,
  open: typeof openEncoder = openEncoder,
): Promise<void> {
  const timer = jobTimer();
  let model: LoadedModel | undefined;
  const health = await serveHealth(config, () => stateOf(model, stop));
  try {
    model = await loadModel(
      cloud.objects,
      config.modelPrefix,
      config.executionProvider,
      async (...graph) => timer.timeRuns(await open(...graph)),
    );
    const batch = largestBatch(model.policy);
    const { name, weights, weightsSha256 } = model.inference.manifest;
    log.info({ model: name, weights, weightsSha256 }, 'ready');
    const handling = {
      cloud,
      inference: traceInference(timer.timeInference(model.inference)),
      now: Date.now,
      visibilitySeconds: config.visibilitySeconds,
      deadlineMs: jobDeadlineMs,
      log,
    };
    await runQueueLoop({
      queue: cloud.analysisJobs,
      handle: (job) => traceJob(job, () => timer.timeJob(() => handleJob(job, handling))),
      wanted: () => jobsInFlight(batch, timer.times()),
      waitSeconds,
      signal: AbortSignal.any([stop, model.sick]),
      log,
    });
    model.sick.throwIfAborted();
    await model.release();
  } finally {
    health.close();
    health.closeAllConnections();
  }
}
