import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from './findings';

/** dist/images/report.json: `{outcome, reason?, seconds, findings}`. */
export interface Report {
  readonly outcome: 'passed' | 'failed' | 'skipped';
  /** Why it was skipped, or what ended it early. */
  readonly reason?: string;
  readonly seconds: number;
  readonly findings: readonly Finding[];
}

export async function writeReport(root: string, report: Report): Promise<void> {
  const folder = join(root, 'dist/images');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
}
