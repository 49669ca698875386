import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { freePort } from '../free-port';

const workspace = resolve(__dirname, '../../../..');
const source = resolve(__dirname, '../../src');

/** A worker in mode `queue`. */
export interface WorkerProcess {
  /** The status of /readyz; undefined if nothing answers. */
  readiness(): Promise<number | undefined>;
  /** Its log so far. */
  readonly lines: readonly Readonly<Record<string, unknown>>[];
  kill(signal: 'SIGTERM' | 'SIGKILL'): void;
  /** As a shell reports it: 128 and the number of the signal for a process that was killed. */
  readonly exitCode: Promise<number>;
}

export interface WorkerPrograms {
  /** Resolves when it is ready. @throws Error with the end of its output if it ends instead */
  start(environment: NodeJS.ProcessEnv, sickness?: 'failing' | 'hanging'): Promise<WorkerProcess>;
  /** Kills the processes that still run. */
  remove(): Promise<void>;
}

/** Bundles the worker as it is released, and the one with a model that falls sick. */
export async function workerPrograms(): Promise<WorkerPrograms> {
  const folder = await mkdtemp(join(tmpdir(), 'clarity-worker-'));
  await build({
    entryPoints: {
      worker: join(source, 'main.ts'),
      'sick-worker': join(__dirname, 'sick-worker.ts'),
      'encoder-thread': join(source, 'inference/encoder-thread.js'),
    },
    outdir: folder,
    bundle: true,
    platform: 'node',
    external: ['onnxruntime-node'],
    tsconfig: join(workspace, 'tsconfig.base.json'),
    logLevel: 'error',
  });
  const started: WorkerProcess[] = [];
  return {
    async start(environment, sickness) {
      const program =
        sickness === undefined
          ? ['worker.js']
          : ['sick-worker.js', sickness, join(__dirname, '../fixtures/endless.onnx')];
      const worker = await startWorker(folder, program, environment);
      started.push(worker);
      return worker;
    },
    async remove() {
      for (const worker of started) worker.kill('SIGKILL');
      await Promise.all(started.map(({ exitCode }) => exitCode));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function startWorker(
  folder: string,
  [script = '', ...args]: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<WorkerProcess> {
  const port = await freePort();
  const child = spawn(process.execPath, [join(folder, script), ...args], {
    env: {
      ...process.env,
      NODE_PATH: join(workspace, 'node_modules'),
      HOST: '127.0.0.1',
      PORT: String(port),
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: Record<string, unknown>[] = [];
  const output: string[] = [];
  child.stderr.on('data', (text: Buffer) => output.push(String(text)));
  const ready = new Promise<void>((resolveReady) => {
    createInterface(child.stdout).on('line', (text) => {
      output.push(text);
      const line = JSON.parse(text) as Record<string, unknown>;
      lines.push(line);
      if (line['message'] === 'ready') resolveReady();
    });
  });
  const exitCode = once(child, 'exit').then(([code, signal]) =>
    signal === null ? Number(code) : 128 + (signal === 'SIGKILL' ? 9 : 15),
  );
  const ended = exitCode.then((code) => {
    throw new Error(`The worker ended with ${code}:\n${output.slice(-5).join('\n')}`);
  });
  await Promise.race([ready, ended]);
  ended.catch(() => undefined);
  return {
    readiness: () =>
      fetch(`http://127.0.0.1:${port}/readyz`).then(
        ({ status }) => status,
        () => undefined,
      ),
    lines,
    kill: (signal) => void child.kill(signal),
    exitCode,
  };
}
