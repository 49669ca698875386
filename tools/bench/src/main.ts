import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { benchApi } from './api/bench-api';
import { benchTracing } from './api/bench-tracing';
import { benchCapacity } from './capacity/bench-capacity';
import { benchCi } from './ci/bench-ci';
import { benchPlan } from './plan/bench-plan';
import { benchRollback } from './rollback/bench-rollback';
import { describeResult, type Result } from './result';
import { benchSynth } from './synth/bench-synth';

const root = resolve(__dirname, '../../..');
const folder = join(root, 'dist/bench');

const benches: Readonly<Record<string, () => Promise<Result | readonly Result[]>>> = {
  synth: () => benchSynth(root, folder),
  rollback: () => benchRollback(root),
  plan: () => benchPlan(root),
  ci: () => benchCi(root),
  api: async () => [...(await benchApi(root)), await benchCapacity()],
  tracing: () => benchTracing(root),
};

async function main(wanted: readonly string[]): Promise<void> {
  const unknown = wanted.filter((name) => !Object.hasOwn(benches, name));
  if (unknown.length > 0) {
    process.stderr.write(
      `There is no bench ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}.\n`,
    );
    process.exitCode = 2;
    return;
  }
  await mkdir(folder, { recursive: true });
  const results: Result[] = [];
  for (const [name, bench] of Object.entries(benches))
    if (wanted.length === 0 || wanted.includes(name)) {
      process.stderr.write(`${name} …\n`);
      for (const result of [await bench()].flat()) {
        results.push(result);
        process.stdout.write(describeResult(result));
      }
    }
  await writeFile(join(folder, 'bench.json'), `${JSON.stringify(results, null, 2)}\n`);
}

void main(process.argv.slice(2));
