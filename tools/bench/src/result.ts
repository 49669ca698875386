import type { Comparison, Delay } from './side-by-side';

/** A value that is promised to be at least, or at most, so much. */
export interface Goal {
  readonly what: string;
  readonly value: number;
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** Several contenders or cases, with figures of each. */
export interface Table {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly goals: readonly Goal[];
}

export type Result = Comparison | Delay | Table;

/** A result for a person, ending with a line break. */
export function describeResult(result: Result): string {
  if ('ratio' in result) return describeComparison(result);
  return 'rows' in result ? describeTable(result) : describeDelay(result);
}

function describeDelay({ name, what, seconds, atMost }: Delay): string {
  return `${name}: ${seconds.toFixed(2)} s ${what} (goal ${atMost} s: ${verdict(seconds <= atMost)})\n`;
}

function describeComparison({ name, seconds, ratio, goal }: Comparison): string {
  const times = Object.entries(seconds).map(([who, time]) => `  ${time.toFixed(2)} s  ${who}\n`);
  return `${name}: ${ratio.toFixed(2)} times faster (goal ${goal.toFixed(1)}: ${verdict(ratio >= goal)})\n${times.join('')}`;
}

function describeTable({ name, columns, rows, goals }: Table): string {
  const lines = [columns, ...rows];
  const widths = columns.map((_, n) => Math.max(...lines.map((cells) => cells[n]?.length ?? 0)));
  // Names to the left, figures to the right.
  const aligned = lines.map((cells) =>
    cells.map((cell, n) => (n === 0 ? cell.padEnd(widths[n] ?? 0) : cell.padStart(widths[n] ?? 0))),
  );
  return [
    name,
    ...aligned.map((cells) => `  ${cells.join('  ')}`),
    ...goals.map((goal) => `  ${describeGoal(goal)}`),
    '',
  ].join('\n');
}

function describeGoal({ what, value, atLeast, atMost }: Goal): string {
  const reached = value >= (atLeast ?? -Infinity) && value <= (atMost ?? Infinity);
  const bound = atLeast === undefined ? `at most ${atMost}` : `at least ${atLeast}`;
  return `${what}: ${value.toFixed(2)} (goal ${bound}: ${verdict(reached)})`;
}

function verdict(reached: boolean): string {
  return reached ? 'reached' : 'MISSED';
}
