import { awsClients, createAwsCloud, s3ObjectStore } from '@clarity/aws';
import { configOrExit } from '@clarity/schema';
import { createLogger, readTelemetryConfig, startTelemetry } from '@clarity/telemetry';
import { describeConfigError, readConfig } from './config';
import { ModelStalled } from './inference/answering-thread';
import { runBatch } from './serve/run-batch';
import { serveEndpoint } from './serve/serve-endpoint';
import { workQueue } from './serve/work-queue';

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
const stop = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.once(signal, () => {
    log.info({ signal }, 'stopping: no more work is taken');
    stop.abort();
  });

/** @returns the exit status */
async function work(): Promise<number> {
  if (config.mode === 'queue') {
    const cloud = createAwsCloud(config);
    await workQueue(config, cloud, log, stop.signal).finally(() => cloud.close());
    return 0;
  }
  const clients = awsClients(config.region);
  const objects = s3ObjectStore(clients.s3, config.dataBucket);
  try {
    if (config.mode === 'batch') return await runBatch(config, objects, log, stop.signal);
    await serveEndpoint(config, objects, log, stop.signal);
    return 0;
  } finally {
    clients.close();
  }
}

let stalled = false;
work()
  .then((status) => {
    log.info({ exitStatus: status }, 'stopped');
    process.exitCode = status;
  })
  .catch((error: unknown) => {
    log.fatal({ err: error }, 'the worker cannot go on');
    process.exitCode = 1;
    stalled = [error, (error as Error).cause].some((each) => each instanceof ModelStalled);
  })
  .finally(() => telemetry.stop())
  .finally(() => {
    // `exit` waits for native code that hangs.
    if (stalled) process.kill(process.pid, 'SIGKILL');
    process.exit();
  });
