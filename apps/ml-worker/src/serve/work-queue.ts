import type { CloudProvider } from '@clarity/domain';
import type { Logger } from '@clarity/telemetry';
import { traceInference, traceJob } from '../observed/trace-job';
import type { QueueConfig } from '../config';
import { roomFor } from '../inference/batch-policy';
import { loadModel } from '../inference/load-model';
import { handleJob } from '../jobs/handle-job';
import { runQueueLoop } from '../jobs/queue-loop';
import { serveHealth, type WorkerState } from './health-server';

/** SQS's longest poll. */
const waitSeconds = 20;

/**
 * Mode `queue`: loads the model, then takes jobs until `stop` aborts and the last of them is finished.
 * @throws Error if the model cannot be loaded or fails its self-test
 */
export async function workQueue(
  config: QueueConfig,
  cloud: Pick<CloudProvider, 'healthData' | 'objects' | 'analysisJobs'>,
  log: Logger,
  stop: AbortSignal,
): Promise<void> {
  let state: WorkerState = 'starting';
  const health = await serveHealth(config, () => state);
  try {
    const model = await loadModel(cloud.objects, config.modelPrefix, config.executionProvider);
    const { name, weights, weightsSha256 } = model.inference.manifest;
    log.info({ model: name, weights, weightsSha256 }, 'ready');
    state = 'ready';
    stop.addEventListener('abort', () => (state = 'draining'), { once: true });
    const handling = {
      cloud,
      inference: traceInference(model.inference),
      now: Date.now,
      visibilitySeconds: config.visibilitySeconds,
      log,
    };
    await runQueueLoop({
      queue: cloud.analysisJobs,
      handle: (job) => traceJob(job, () => handleJob(job, handling)),
      room: roomFor(model.policy),
      waitSeconds,
      signal: stop,
      log,
    });
    await model.release();
  } finally {
    health.close();
    health.closeAllConnections();
  }
}
