import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import pc from 'picocolors';
import { rehearse } from './scenarios/rehearse';
import type { Findings, RehearsalReport } from './report/report';
import { reportPage } from './report/report-page';
import { terminalProgress } from './progress/progress';
import { StepFailure, Story } from './progress/step';

const root = resolve(__dirname, '../../..');
const folder = join(root, 'dist/rehearsal');

const interrupted = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const)
  process.on(name, () => interrupted.abort(new Error(`Interrupted by ${name}.`)));

async function main(): Promise<void> {
  const startedAt = new Date();
  const story = new Story(terminalProgress(), interrupted.signal);
  const findings: Findings = {
    resources: { applied: {}, planOnly: [] },
    secondPlan: {},
    releases: [],
    workflows: [],
  };
  await mkdir(folder, { recursive: true });

  const failure = await rehearse(story, findings, {
    root,
    folder,
    signal: interrupted.signal,
  }).then(
    () => undefined,
    (error: unknown) => error,
  );
  const { actogram, timeline, planComment, ...found } = findings;
  const report: RehearsalReport = {
    ok: failure === undefined,
    startedAt: startedAt.toISOString(),
    seconds: Math.round((Date.now() - startedAt.getTime()) / 100) / 10,
    steps: story.steps,
    ...found,
    ...(failure === undefined ? {} : { failure: explain(failure) }),
  };
  await replaceFile(join(folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  await replaceFile(
    join(folder, 'report.html'),
    reportPage(report, { actogram, timeline, planComment }),
  );
  conclude(report);
}

function explain(failure: unknown): NonNullable<RehearsalReport['failure']> {
  const logs = relative(root, join(folder, 'logs'));
  if (failure instanceof StepFailure) return { step: failure.step, message: failure.message, logs };
  const message = failure instanceof Error ? (failure.stack ?? failure.message) : String(failure);
  return { step: 'the rehearsal itself', message, logs };
}

function conclude({ ok, failure, seconds }: RehearsalReport): void {
  const page = relative(process.cwd(), join(folder, 'report.html'));
  if (ok) {
    process.stdout.write(
      `${pc.green('The rehearsal succeeded')} in ${seconds} s. Report: ${page}\n`,
    );
    return;
  }
  process.stderr.write(
    `${pc.red('The rehearsal failed')} at "${failure?.step}": ${failure?.message}\nLogs: ${failure?.logs}\nReport: ${page}\n`,
  );
  process.exitCode = interrupted.signal.aborted ? 130 : 1;
}

/** A reader sees the old report or the new one, never half of it. */
async function replaceFile(path: string, text: string): Promise<void> {
  await writeFile(`${path}.tmp`, text);
  await rename(`${path}.tmp`, path);
}

void main();
