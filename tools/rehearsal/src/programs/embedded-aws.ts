import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually, isAlive, startLogged } from '@clarity/host';

export interface LoadBalancer {
  readonly arn: string;
  readonly url: string;
  readonly requests: number;
  readonly failures: number;
}

export interface RunningTask {
  readonly taskArn: string;
  readonly group?: string;
  readonly lastStatus: string;
  readonly healthStatus?: string;
  readonly pids: readonly number[];
}

/** A task's life. Times are epoch milliseconds; absent if not reached. */
export interface TaskLife {
  readonly taskArn: string;
  readonly service: string;
  /** ARN of its task definition. */
  readonly revision: string;
  readonly startedAt: number;
  readonly readyAt?: number;
  readonly stoppingAt?: number;
  readonly stoppedAt?: number;
  readonly stopReason?: string;
}

/** What the load balancer did in one second. */
export interface TrafficSecond {
  /** Epoch seconds. */
  readonly second: number;
  readonly requests: number;
  /** 5xx of the balancer itself. */
  readonly balancerFailures: number;
  /** 5xx of targets. */
  readonly target5xx: number;
}

export interface Timeline {
  readonly tasks: readonly TaskLife[];
  readonly traffic: readonly TrafficSecond[];
}

export interface EmbeddedAws {
  readonly endpoint: string;
  loadBalancers(): Promise<readonly LoadBalancer[]>;
  tasks(): Promise<readonly RunningTask[]>;
  /** Since it was started. */
  timeline(): Promise<Timeline>;
  /** Ends it and all its tasks. @throws Error if a task outlives it */
  stop(): Promise<void>;
}

export interface EmbeddedAwsOptions {
  readonly root: string;
  readonly stateDir: string;
  readonly log: string;
  readonly signal: AbortSignal;
  readonly note: (text: string) => void;
}

/** An alarm's minute takes three seconds: a rehearsal does not wait as long as production bakes. */
const alarmSpeed = '20';
const startLimitMs = 120_000;
const stopLimitMs = 60_000;

/**
 * Starts tools/local-cloud as a program of its own and waits until it answers.
 * @throws Error with the last lines it printed if it does not start
 */
export async function startEmbeddedAws(options: EmbeddedAwsOptions): Promise<EmbeddedAws> {
  const { root, stateDir, log, signal, note } = options;
  await rm(stateDir, { recursive: true, force: true });
  const script = join(root, 'dist/tools/local-cloud/main.js');
  const program = await startLogged(
    process.execPath,
    [script, 'up', '--port', '0', '--alarm-speed', alarmSpeed, '--state-dir', stateDir],
    { cwd: root, env: {}, log, onLine: (line) => note(line.trim()) },
  );
  const ended = program.exited.then((exitCode) => {
    throw new Error(`The embedded AWS ended with exit code ${exitCode}:\n${program.tail()}`);
  });
  ended.catch(() => undefined);

  const ready = eventually(() => readEndpoint(stateDir), {
    limitMs: startLimitMs,
    pauseMs: 100,
    what: 'The embedded AWS',
    signal,
  });
  const endpoint = await Promise.race([ready, ended]).catch(async (error: unknown) => {
    ready.catch(() => undefined);
    await program.end(stopLimitMs);
    throw error;
  });
  const ask = async <Body>(path: string): Promise<Body> => {
    const response = await fetch(`${endpoint}${path}`, { signal: AbortSignal.timeout(10_000) });
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    return (await response.json()) as Body;
  };
  const tasks = () => ask<readonly RunningTask[]>('/_local/tasks');
  return {
    endpoint,
    tasks,
    loadBalancers: () => ask('/_local/load-balancers'),
    timeline: async () => ({
      tasks: await ask('/_local/timeline'),
      traffic: await ask('/_local/traffic'),
    }),
    async stop() {
      const pids = (await tasks().catch(() => [])).flatMap((task) => task.pids);
      await program.end(stopLimitMs);
      const left = pids.filter(isAlive);
      if (left.length > 0) throw new Error(`Still running: ${left.join(', ')}`);
    },
  };
}

async function readEndpoint(stateDir: string): Promise<string | undefined> {
  const text = await readFile(join(stateDir, 'local-cloud.json'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as { endpoint: string }).endpoint;
}
