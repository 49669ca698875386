import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { endPrograms, ProgramFailed, tryProgram } from '@clarity/host';
import { cleanUps } from './ending/clean-ups';
import { findEngine } from './engine/find-engine';
import { CannotTest } from './errors';
import { hasMissed, table, type Finding } from './report/findings';
import { writeReport, type Report } from './report/write-report';
import { testImages } from './test-images';

/** The bundle is in dist/tools/images. */
const root = resolve(__dirname, '../../..');
const exitCodes = { passed: 0, skipped: 0, failed: 1 } as const;

async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { install: { type: 'boolean', default: false } },
  });
  const started = performance.now();
  const tell = (line: string) =>
    process.stderr.write(
      `${((performance.now() - started) / 1_000).toFixed(0).padStart(4)} s  ${line}\n`,
    );
  const clean = cleanUps(tell);
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      endPrograms();
      void clean.run().finally(() => process.exit(130));
    });

  const findings: Finding[] = [];
  const report = await test(findings, values.install, clean, tell)
    .catch((error: unknown) => {
      if (!(error instanceof CannotTest || error instanceof ProgramFailed)) throw error;
      return { outcome: 'failed' as const, reason: error.message };
    })
    .finally(() => clean.run());
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  await writeReport(root, { ...report, seconds, findings });
  for (const line of table(findings)) process.stdout.write(`${line}\n`);
  if (report.reason !== undefined)
    process.stdout.write(`Image tests ${report.outcome.toUpperCase()}: ${report.reason}\n`);
  else process.stdout.write(`Image tests ${report.outcome} in ${seconds} s.\n`);
  return exitCodes[report.outcome];
}

async function test(
  findings: Finding[],
  mayInstall: boolean,
  clean: ReturnType<typeof cleanUps>,
  tell: (line: string) => void,
): Promise<Pick<Report, 'outcome' | 'reason'>> {
  tell('Docker engine');
  const engine = await findEngine({ mayInstall }, clean);
  if ('skipped' in engine) return { outcome: 'skipped', reason: engine.skipped };
  const { exitCode, stdout } = await tryProgram('git', ['rev-parse', 'HEAD'], { cwd: root });
  const revision = exitCode === 0 ? stdout : 'unversioned';
  await testImages({
    docker: engine.docker,
    root,
    revision,
    clean,
    tell,
    find: (finding) => findings.push(finding),
  });
  return { outcome: hasMissed(findings) ? 'failed' : 'passed' };
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  },
);
