/**
 * Drives the app into more load than it can hold, and checks that it stays alive and answers others.
 * Loopback only, a few minutes at most. Usage: npx tsx apps/api/test/load/run.ts [heap in MiB …]
 */
import { drive, missedTargets, type Load } from './drive';
import { startApp } from './start-app';

const mostMs = 480_000;
const usual = { bodyBytes: 8 * 1024 * 1024, patienceMs: 90_000 };
const loads: Readonly<Record<string, Load>> = {
  '16 hostile bodies': { ...usual, uploads: 0, hostile: 16 },
  '100 honest uploads': { ...usual, uploads: 100, hostile: 0 },
  'both at once': { ...usual, uploads: 100, hostile: 16 },
};

/** @returns whether every target was met */
async function run(heapMiB: number): Promise<boolean> {
  const app = await startApp(heapMiB);
  let isGood = true;
  try {
    for (const [name, load] of Object.entries(loads)) {
      const outcome = await drive(app, load);
      const missed = missedTargets(outcome);
      isGood &&= missed.length === 0;
      print(`${name}, heap of ${heapMiB} MiB: ${JSON.stringify({ ...outcome, missed })}`);
      if (!outcome.isAlive) print(app.lines.slice(-20).join('\n'));
    }
  } finally {
    await app.stop();
  }
  return isGood;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function main(): Promise<void> {
  setTimeout(() => process.exit(1), mostMs).unref();
  const heaps = process.argv.slice(2).map(Number);
  let isGood = true;
  for (const heap of heaps.length > 0 ? heaps : [1_024, 512]) isGood = (await run(heap)) && isGood;
  process.exitCode = isGood ? 0 : 1;
}

void main();
