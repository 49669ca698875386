import { mkdir } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { nextSignal, replaceFile, replaceJson } from '@clarity/host';
import { listOf, parseCommandLine, UsageError } from './command-line';
import { colorsFor, progressOn } from './progress/progress-on';
import { rehearse } from './rehearse';
import { reportOf, type RehearsalReport } from './report/report';
import { reportPage } from './report/report-page';
import { scenarios } from './scenarios/registry';
import type { Scenario } from './scenarios/scenario';

const root = resolve(__dirname, '../../..');
const folder = join(root, 'dist/rehearsal');

async function run(chosen: readonly Scenario[]): Promise<void> {
  const interrupted = new AbortController();
  nextSignal((name) => interrupted.abort(new Error(`Interrupted by ${name}.`)));
  const startedAt = new Date();
  await mkdir(folder, { recursive: true });
  const rehearsed = await rehearse(chosen, {
    root,
    folder,
    interrupted: interrupted.signal,
    progress: progressOn(process.stdout),
  });
  const report = reportOf(rehearsed, startedAt, new Date());
  await replaceJson(join(folder, 'report.json'), report);
  await replaceFile(join(folder, 'report.html'), reportPage(report, rehearsed.findings));
  conclude(report);
  if (!report.ok) process.exitCode = interrupted.signal.aborted ? 130 : 1;
}

function conclude({ ok, failure, seconds }: RehearsalReport): void {
  const page = `Report: ${relative(process.cwd(), join(folder, 'report.html'))}\n`;
  if (ok) {
    const { green } = colorsFor(process.stdout);
    process.stdout.write(`${green('The rehearsal succeeded')} in ${seconds} s.\n${page}`);
    return;
  }
  const { red } = colorsFor(process.stderr);
  const at = failure?.scenario === undefined ? '' : ` at ${failure.scenario}`;
  const log =
    failure?.log === undefined
      ? ''
      : `Log: ${relative(process.cwd(), join(folder, failure.log))}\n`;
  process.stderr.write(`${red('The rehearsal failed')}${at}: ${failure?.message}\n${log}${page}`);
}

async function main(): Promise<void> {
  try {
    const request = parseCommandLine(process.argv.slice(2));
    if ('list' in request) process.stdout.write(listOf(scenarios));
    else await run(request.chosen);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    if (error.message) process.stderr.write(`${error.message}\n`);
    process.exitCode = error.exitCode;
  }
}

void main();
