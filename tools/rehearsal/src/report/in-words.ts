const words: Readonly<Record<string, string>> = {
  success: 'succeeded',
  failure: 'failed',
  skipped: 'skipped',
  cancelled: 'cancelled',
  rolledBack: 'rolled back',
  none: 'no verdict',
};

/** A verdict or a conclusion in words, e.g. `rolled back` for `rolledBack`; unknown ones as they are. */
export const inWords = (verdict: string): string => words[verdict] ?? verdict;
