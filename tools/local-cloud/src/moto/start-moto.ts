import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { jsonParser } from '@clarity/schema';
import Type from 'typebox';
import { folderAbove, freePort, type ProcessGuard, startGroup } from '@clarity/host';
import { LocalCloudError } from '../errors/local-cloud-error';
import { openLog } from '../files/log-file';
import type { Moto } from './find-moto';

/** moto as it runs behind the front. */
export interface RunningMoto {
  readonly port: number;
  readonly pid: number;
  readonly version: string;
  /** Resolves when it ends, asked or not. */
  readonly exited: Promise<number>;
  stop(): Promise<void>;
}

const startedWithinMs = 60_000;
const parseReady = jsonParser(
  'first line of moto',
  Type.Object({ port: Type.Integer(), version: Type.String() }),
);

/** What a rule of EventBridge publishes to a topic: moto matches the event, and does not judge policies. */
export interface RuleMessage {
  readonly topicArn: string;
  readonly ruleArn: string;
  readonly message: string;
}
const parseRuleMessage = jsonParser(
  'line of moto',
  Type.Object({ topicArn: Type.String(), ruleArn: Type.String(), message: Type.String() }),
);

/** The plugin is next to the bundle, or next to `src` if the sources run. */
function pluginFolder(): string {
  const above = folderAbove(__dirname, 'moto-plugin/__main__.py');
  if (!above)
    throw new LocalCloudError('The folder moto-plugin is missing: build local-cloud again.');
  return join(above, 'moto-plugin');
}

/**
 * Starts moto with our plugin. Its standard input is a pipe from us: moto ends when it closes, so
 * it cannot outlive this process, however that dies. What moto prints on standard error, such as the
 * traceback behind a 500, is appended to `logPath`.
 * @param onRuleMessage gets what rules of EventBridge publish to topics
 * @throws LocalCloudError if it does not come up
 */
export async function startMoto(
  moto: Moto,
  guard: ProcessGuard,
  logPath: string,
  onRuleMessage: (message: RuleMessage) => void,
): Promise<RunningMoto> {
  const hostPort = moto.kind === 'container' ? await freePort() : 0;
  const [program, ...args] = commandOf(moto, hostPort);
  const child = await startGroup(program, args, {
    env: motoEnvironment(),
    stdio: ['pipe', 'pipe', 'pipe'],
    guard,
  });
  const complaints: string[] = [];
  const log = openLog(logPath);
  void child.exited.then(() => log.close());
  const { stdin, stdout, stderr } = child.process;
  if (stderr)
    createInterface({ input: stderr }).on('line', (line) => {
      log.write(line);
      complaints.push(line);
      complaints.splice(0, complaints.length - 20);
    });
  stdin?.on('error', () => {});
  const lines = stdout && createInterface({ input: stdout });

  const failed = (what: string) =>
    new LocalCloudError([`moto ${what}.`, ...complaints].join('\n  '));
  const ready = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(failed('does not answer')), startedWithinMs);
    lines?.once('line', (line) => {
      lines.on('line', (work) => onRuleMessage(parseRuleMessage(work)));
      resolve(line);
    });
    void child.exited.then((code) => reject(failed(`ended at once with exit code ${code}`)));
    void child.exited.finally(() => clearTimeout(timer));
  }).catch(async (error: unknown) => {
    await child.end(0);
    throw error;
  });
  const { port, version } = parseReady(ready);
  return {
    port: hostPort || port,
    version,
    pid: child.pid,
    exited: child.exited,
    stop: async () => {
      stdin?.end();
      await child.end(2_000);
    },
  };
}

function commandOf(moto: Moto, hostPort: number): [string, ...string[]] {
  // -B: the plugin's folder may be read-only, and is a build output otherwise.
  if (moto.kind === 'python') return [moto.python, '-B', pluginFolder()];
  const publish = `127.0.0.1:${hostPort}:5000`;
  const mount = `${pluginFolder()}:/plugin:ro`;
  const docker = ['run', '--rm', '--interactive', '--publish', publish, '--volume', mount];
  const inside = ['-B', '/plugin', '--host', '0.0.0.0', '--port', '5000'];
  return ['docker', ...docker, '--entrypoint', 'python', moto.image, ...inside];
}

/** moto gets no AWS settings of ours: an endpoint there would have it call itself through us. */
const motoEnvironment = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined || name.startsWith('AWS_') ? [] : [[name, value]],
    ),
  );
