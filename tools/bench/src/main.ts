import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { benchCi } from './ci/bench-ci';
import { benchPlan } from './plan/bench-plan';
import { benchRollback } from './rollback/bench-rollback';
import type { Comparison, Delay } from './side-by-side';
import { benchSynth } from './synth/bench-synth';

const root = resolve(__dirname, '../../..');
const folder = join(root, 'dist/bench');

const benches: Readonly<Record<string, () => Promise<Comparison | Delay>>> = {
  synth: () => benchSynth(root, folder),
  rollback: () => benchRollback(root),
  plan: () => benchPlan(root),
  ci: () => benchCi(root),
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
  const results: (Comparison | Delay)[] = [];
  for (const [name, bench] of Object.entries(benches))
    if (wanted.length === 0 || wanted.includes(name)) {
      process.stderr.write(`${name} …\n`);
      const result = await bench();
      results.push(result);
      process.stdout.write('ratio' in result ? describeRatio(result) : describeDelay(result));
    }
  await writeFile(join(folder, 'bench.json'), `${JSON.stringify(results, null, 2)}\n`);
}

function describeDelay({ name, what, seconds, atMost }: Delay): string {
  const verdict = seconds <= atMost ? 'reached' : 'MISSED';
  return `${name}: ${seconds.toFixed(2)} s ${what} (goal ${atMost} s: ${verdict})\n`;
}

function describeRatio({ name, seconds, ratio, goal }: Comparison): string {
  const times = Object.entries(seconds).map(([who, time]) => `  ${time.toFixed(2)} s  ${who}\n`);
  const verdict = ratio >= goal ? 'reached' : 'MISSED';
  return `${name}: ${ratio.toFixed(2)} times faster (goal ${goal.toFixed(1)}: ${verdict})\n${times.join('')}`;
}

void main(process.argv.slice(2));
