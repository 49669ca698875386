import { awsClients, createAwsCloud, s3ObjectStore } from '@clarity/aws';
import { configOrExit } from '@clarity/schema';
import { createLogger, readTelemetryConfig, startTelemetry, type Logger } from '@clarity/telemetry';
import { describeConfigError, readConfig, type Config } from './config';
import { ModelStalled } from './inference/answering-thread';
import { openEncoder } from './inference/onnx-session';
import { runBatch } from './serve/run-batch';
import { serveEndpoint } from './serve/serve-endpoint';
import { workQueue } from './serve/work-queue';

/**
 * Is the process of a worker, from its environment to its exit code.
 * @param open opens the model of mode `queue`
 */
export async function runWorker(open: typeof openEncoder = openEncoder): Promise<never> {
  const config = configOrExit(() => readConfig(process.env), describeConfigError);
  const log = createLogger('ml-worker', config.logLevel).child({
    env: config.environment,
    release: config.release,
    mode: config.mode,
  });
  const telemetry = startTelemetry(
    configOrExit(() => readTelemetryConfig(process.env)),
    log,
  );
  let stalled = false;
  try {
    const status = await work(config, log, stopOfProcess(log), open);
    log.info({ exitStatus: status }, 'stopped');
    process.exitCode = status;
  } catch (error) {
    log.fatal({ err: error }, 'the worker cannot go on');
    process.exitCode = 1;
    stalled = [error, (error as Error).cause].some((each) => each instanceof ModelStalled);
  }
  await telemetry.stop();
  // `exit` waits for native code that hangs.
  if (stalled) process.kill(process.pid, 'SIGKILL');
  process.exit();
}

function stopOfProcess(log: Logger): AbortSignal {
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => {
      log.info({ signal }, 'stopping: no more work is taken');
      stop.abort();
    });
  return stop.signal;
}

/** @returns the exit status */
async function work(
  config: Config,
  log: Logger,
  stop: AbortSignal,
  open: typeof openEncoder,
): Promise<number> {
  if (config.mode === 'queue') {
    const cloud = createAwsCloud(config);
    await workQueue(config, cloud, log, stop, open).finally(() => cloud.close());
    return 0;
  }
  const clients = awsClients(config.region);
  const objects = s3ObjectStore(clients.s3, config.dataBucket);
  try {
    if (config.mode === 'batch') return await runBatch(config, objects, log, stop);
    await serveEndpoint(config, objects, log, stop);
    return 0;
  } finally {
    clients.close();
  }
}
