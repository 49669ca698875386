import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { build } from 'esbuild';
import type { Ready } from './app-process';

const workspaceRoot = resolve(__dirname, '../../../..');

export interface RunningApp extends Ready {
  /** Log lines so far. */
  readonly lines: readonly string[];
  isAlive(): boolean;
  stop(): Promise<void>;
}

/** Bundles the app as it is released and starts it with a heap of so many MiB. */
export async function startApp(heapMiB: number): Promise<RunningApp> {
  const folder = mkdtempSync(join(tmpdir(), 'api-load-'));
  const program = join(folder, 'app.js');
  await build({
    absWorkingDir: workspaceRoot,
    entryPoints: [join(__dirname, 'app-process.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    minifySyntax: true,
    tsconfig: 'tsconfig.base.json',
    define: { 'import.meta.url': 'importMetaUrl' },
    banner: { js: `const importMetaUrl = require('node:url').pathToFileURL(__filename).href;` },
    logLevel: 'error',
  });
  const docs = join(dirname(require.resolve('@fastify/swagger-ui/package.json')), 'static');
  const child = fork(program, [docs], {
    // With the young generation of the task definition.
    execArgv: [`--max-old-space-size=${heapMiB}`, '--max-semi-space-size=32'],
    env: { ...process.env, NODE_ENV: 'production', NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (text: Buffer) => lines.push(...text.toString().split('\n')));
  const ready = await Promise.race([
    once(child, 'message').then(([message]) => message as Ready),
    once(child, 'exit').then(() => {
      throw new Error(`the app did not start: ${lines.slice(-5).join('\n')}`);
    }),
  ]);
  return {
    ...ready,
    lines,
    isAlive: () => child.exitCode === null && child.signalCode === null,
    async stop() {
      await end(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}
