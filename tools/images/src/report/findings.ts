/** One thing that was tested: what was promised, and what was found. */
export interface Finding {
  /** `api`, `ml-worker`, or the machinery around them. */
  readonly about: string;
  readonly what: string;
  readonly found: string;
  /** In words; absent if a figure is only reported. */
  readonly goal?: string;
  readonly outcome: 'reached' | 'missed' | 'measured' | 'skipped';
}

/** A figure that has to stay below a limit; no number never does. */
export function below(
  about: string,
  what: string,
  value: number,
  limit: number,
  unit: string,
): Finding {
  const outcome = value < limit ? 'reached' : 'missed';
  return { about, what, found: `${figure(value)} ${unit}`, goal: `< ${limit} ${unit}`, outcome };
}

/** Something that has to be so. */
export function same(about: string, what: string, found: string, goal: string): Finding {
  return { about, what, found, goal, outcome: found === goal ? 'reached' : 'missed' };
}

export function measured(about: string, what: string, value: number, unit: string): Finding {
  return { about, what, found: `${figure(value)} ${unit}`, outcome: 'measured' };
}

export function skipped(about: string, what: string, why: string): Finding {
  return { about, what, found: why, outcome: 'skipped' };
}

const figure = (value: number): string => value.toFixed(value < 10 ? 2 : 1);

export const hasMissed = (findings: readonly Finding[]): boolean =>
  findings.some(({ outcome }) => outcome === 'missed');

/** The findings as lines in columns, for a terminal. */
export function table(findings: readonly Finding[]): readonly string[] {
  const rows = findings.map(({ about, what, found, goal = '', outcome }) => [
    marks[outcome],
    about,
    what,
    found,
    goal,
  ]);
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

const marks = { reached: 'ok', missed: 'MISSED', measured: '', skipped: 'SKIPPED' } as const;
