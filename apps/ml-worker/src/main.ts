import { createAwsCloud } from '@clarity/aws';
import { createLogger } from '@clarity/observability';
import { describeConfigError, readConfig, type Config } from './config';
import { workQueue } from './serve/work-queue';

function configOrExit(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    process.stderr.write(
      `ml-worker: the environment is wrong\n${describeConfigError(error)
        .map((line) => `  ${line}`)
        .join('\n')}\n`,
    );
    process.exit(1);
  }
}

const config = configOrExit();
const log = createLogger('ml-worker', config.logLevel).child({
  env: config.environment,
  release: config.release,
});
const stop = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.once(signal, () => {
    log.info({ signal }, 'stopping: no more jobs are taken');
    stop.abort();
  });

const cloud = createAwsCloud({
  region: config.region,
  tableName: config.tableName,
  dataBucket: config.dataBucket,
  jobsQueueUrl: config.jobsQueueUrl,
});
const modes = { queue: workQueue };

modes[config.mode](config, cloud, log, stop.signal)
  .then(() => log.info('stopped'))
  .catch((error: unknown) => {
    const { message, stack } = error as Error;
    log.fatal({ reason: message, stack }, 'the worker cannot go on');
    process.exitCode = 1;
  })
  .finally(() => {
    cloud.close();
    process.exit();
  });
