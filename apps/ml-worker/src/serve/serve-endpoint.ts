import type { InferenceProvider, ObjectStore } from '@clarity/domain';
import type { Logger } from '@clarity/telemetry';
import { once } from 'node:events';
import type { EndpointConfig } from '../config';
import { invocationListener } from '../endpoint/invocations';
import { loadModel } from '../inference/load-model';
import { drainable } from './drain';
import { serveHealth } from './health-server';

/** More than SageMaker is configured to send at once; their bodies have a megabyte at most. */
const mostInvocations = 64;

/**
 * Mode `endpoint`: answers /ping from the start and invocations once the model is loaded, until `stop`
 * aborts and everyone who has asked is answered.
 * @throws Error if the model cannot be loaded or fails its self-test
 */
export async function serveEndpoint(
  config: EndpointConfig,
  objects: ObjectStore,
  log: Logger,
  stop: AbortSignal,
): Promise<void> {
  let serving: InferenceProvider | undefined;
  const state = () => {
    if (stop.aborted) return 'draining';
    return serving === undefined ? 'starting' : 'ready';
  };
  const listener = invocationListener({
    inference: () => serving,
    objects,
    most: mostInvocations,
    log,
  });
  const server = await serveHealth(config, state, listener);
  const drain = drainable(server);
  try {
    const model = await loadModel(objects, config.modelPrefix, config.executionProvider);
    const { name, weights, weightsSha256 } = model.inference.manifest;
    serving = model.inference;
    log.info({ model: name, weights, weightsSha256 }, 'ready');
    if (!stop.aborted) await once(stop, 'abort');
    await drain();
    await model.release();
  } finally {
    server.close();
    server.closeAllConnections();
  }
}
