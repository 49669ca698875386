import type { Colors } from 'picocolors/types';
import type { ScenarioRecord } from '../report/scenario-record';
import type { Output, Progress } from './progress';

/** A line now and then shows a reader of CI logs that a long scenario is alive. */
const quietMs = 10_000;

/** One line per event, each with the name of its scenario. */
export function plainProgress(output: Output, colors: Colors, now = Date.now): Progress {
  const lastLine = new Map<string, number>();
  return {
    started(name) {
      lastLine.set(name, now());
      output.write(`${colors.cyan('▸')} ${name}\n`);
    },
    note(name, text) {
      if (text === '' || now() - (lastLine.get(name) ?? 0) < quietMs) return;
      lastLine.set(name, now());
      output.write(`  ${name} │ ${text}\n`);
    },
    ended: (record) => output.write(`${summaryLine(record, colors)}\n`),
  };
}

const marks = { passed: '✓', failed: '✗', stopped: '■' } as const;

/** e.g. `✓ plan 25.1s  144 changes`; the whole message if it failed. */
export function summaryLine(
  { name, verdict, seconds, detail }: ScenarioRecord,
  colors: Colors,
): string {
  const color = verdict === 'passed' ? colors.green : colors.red;
  return `${color(marks[verdict])} ${name} ${colors.dim(`${seconds.toFixed(1)}s`)}  ${detail}`;
}
