import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startProgram } from './program';

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

/** A task's life. Times are epoch milliseconds; absent where it has not come so far. */
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
  /** Ends it and all its tasks. @returns the process ids that outlived it; empty where all is well */
  stop(): Promise<readonly number[]>;
}

export interface EmbeddedAwsOptions {
  readonly root: string;
  readonly stateDir: string;
  readonly log: string;
  readonly signal: AbortSignal;
  readonly note: (text: string) => void;
}

/** An alarm's minute takes three seconds: nobody watches a rehearsal through a bake time of production. */
const alarmSpeed = '20';
const startLimitMs = 120_000;
const stopLimitMs = 60_000;

/** Starts tools/local-cloud as a program of its own and waits until it answers. */
export async function startEmbeddedAws(options: EmbeddedAwsOptions): Promise<EmbeddedAws> {
  const { root, stateDir, log, signal, note } = options;
  await rm(stateDir, { recursive: true, force: true });
  const script = join(root, 'dist/tools/local-cloud/main.js');
  const program = await startProgram(
    script,
    ['up', '--port', '0', '--alarm-speed', alarmSpeed, '--state-dir', stateDir],
    {
      cwd: root,
      env: {},
      log,
      onLine: note,
    },
  );
  let exitCode: number | undefined;
  void program.ended.then((code) => (exitCode = code));

  const stop = async (): Promise<readonly number[]> => {
    const pids = exitCode === undefined ? await taskPids().catch(() => []) : [];
    if (exitCode === undefined) program.child.kill('SIGTERM');
    const killer = setTimeout(() => program.child.kill('SIGKILL'), stopLimitMs);
    await program.ended;
    clearTimeout(killer);
    return pids.filter(isAlive);
  };
  let endpoint = '';
  const ask = async <Body>(path: string): Promise<Body> => {
    const response = await fetch(`${endpoint}${path}`, { signal: AbortSignal.timeout(10_000) });
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    return (await response.json()) as Body;
  };
  const tasks = () => ask<readonly RunningTask[]>('/_local/tasks');
  const taskPids = async () => (await tasks()).flatMap((task) => task.pids);

  try {
    for (const deadline = Date.now() + startLimitMs; endpoint === '';) {
      signal.throwIfAborted();
      if (exitCode !== undefined)
        throw new Error(`It ended with exit code ${exitCode}:\n${program.tail()}`);
      if (Date.now() > deadline) throw new Error(`It did not start:\n${program.tail()}`);
      endpoint = (await readEndpoint(stateDir)) ?? '';
      await sleep(100);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    endpoint,
    tasks,
    stop,
    loadBalancers: () => ask('/_local/load-balancers'),
    timeline: async () => ({
      tasks: await ask('/_local/timeline'),
      traffic: await ask('/_local/traffic'),
    }),
  };
}

async function readEndpoint(stateDir: string): Promise<string | undefined> {
  try {
    const text = await readFile(join(stateDir, 'local-cloud.json'), 'utf8');
    return (JSON.parse(text) as { endpoint: string }).endpoint;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
