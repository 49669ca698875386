import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { benchApi } from './api/bench-api';
import { benchTracing } from './api/bench-tracing';
import { benchCapacity } from './capacity/bench-capacity';
import { benchCi } from './ci/bench-ci';
import { benchPlan } from './plan/bench-plan';
import { benchRollback } from './rollback/bench-rollback';
import { describeResult, type Result } from './result';
import { benchSynth } from './synth/bench-synth';
import { benchEndpoint } from './worker/bench-endpoint';
import { benchJobs } from './worker/bench-jobs';
import { benchWorker } from './worker/bench-worker';
import type { Device } from './worker/measured-encoder';

const root = resolve(__dirname, '../../..');
const folder = join(root, 'dist/bench');

const benches: Readonly<Record<string, (device: Device) => Promise<Result | readonly Result[]>>> = {
  synth: () => benchSynth(root, folder),
  rollback: () => benchRollback(root),
  plan: () => benchPlan(root),
  ci: () => benchCi(root),
  api: async () => [...(await benchApi(root)), await benchCapacity()],
  tracing: () => benchTracing(),
  worker: benchWorker,
  jobs: benchJobs,
  endpoint: benchEndpoint,
};

async function main(args: readonly string[]): Promise<void> {
  const { positionals: wanted, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { device: { type: 'string', default: 'cpu' } },
  });
  const { device } = values;
  if (device !== 'cpu' && device !== 'cuda') return refuse('--device is cpu or cuda.');
  const unknown = wanted.filter((name) => !Object.hasOwn(benches, name));
  if (unknown.length > 0)
    return refuse(
      `There is no bench ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}.`,
    );
  await mkdir(folder, { recursive: true });
  const results: Result[] = [];
  for (const [name, bench] of Object.entries(benches))
    if (wanted.length === 0 || wanted.includes(name)) {
      process.stderr.write(`${name} …\n`);
      for (const result of [await bench(device)].flat()) {
        results.push(result);
        process.stdout.write(describeResult(result));
      }
    }
  await writeFile(join(folder, 'bench.json'), `${JSON.stringify(results, null, 2)}\n`);
}

function refuse(reason: string): void {
  process.stderr.write(`${reason}\n`);
  process.exitCode = 2;
}

void main(process.argv.slice(2));
