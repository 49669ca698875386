import type { ObjectStore } from '@clarity/domain';
import type { Logger } from '@clarity/telemetry';
import { once } from 'node:events';
import type { EndpointConfig } from '../config';
import { invocationListener } from '../endpoint/invocations';
import { loadModel, type LoadedModel } from '../inference/load-model';
import { drainable } from './drain';
import { serveHealth, stateOf } from './health-server';

/** More than SageMaker is configured to send at once; their bodies have a megabyte at most. */
const mostInvocations = 64;

/**
 * Mode `endpoint`: answers /ping from the start and invocations once the model is loaded, until `stop`
 * aborts and everyone who has asked is answered.
 * @throws Error if the model cannot be loaded or fails its self-test; SickModel if it fails it later
 */
export async function serveEndpoint(
  config: EndpointConfig,
  objects: ObjectStore,
  log: Logger,
  stop: AbortSignal,
): Promise<void> {
  let model: LoadedModel | undefined;
  const listener = invocationListener({
    inference: () => (model?.sick.aborted ? undefined : model?.inference),
    objects,
    most: mostInvocations,
    log,
  });
  const server = await serveHealth(config, () => stateOf(model, stop), listener);
  const drain = drainable(server);
  try {
    model = await loadModel(objects, config.modelPrefix, config.executionProvider);
    const { name, weights, weightsSha256 } = model.inference.manifest;
    log.info({ model: name, weights, weightsSha256 }, 'ready');
    const end = AbortSignal.any([stop, model.sick]);
    if (!end.aborted) await once(end, 'abort');
    await drain();
    model.sick.throwIfAborted();
    await model.release();
  } finally {
    server.close();
    server.closeAllConnections();
  }
}
