import { join } from 'node:path';
import type { Start } from '../src/core/context';

/** A start of a verb in a workspace of the test's own, with everything it reports. */
export function testStart(root: string) {
  const lines: string[] = [];
  const summaries: string[] = [];
  const annotations: string[] = [];
  const masked: string[] = [];
  const report = (text: string) => void lines.push(text);
  const start: Start = {
    workspace: { root, dist: join(root, 'dist'), local: join(root, '.local') },
    reporter: { step: report, info: report, warn: report },
    job: {
      output: () => {},
      annotate: (_level, text) => void annotations.push(text),
      mask: (secret) => void masked.push(secret),
      summarise: async (markdown) => void summaries.push(markdown),
      runUrl: undefined,
    },
    signal: new AbortController().signal,
    connectGitHub: () => {
      throw new Error('This test has no GitHub.');
    },
  };
  return { start, lines, summaries, annotations, masked };
}

/** Collects what a verb gives to later steps. */
export function collectOutputs() {
  const outputs: Record<string, string> = {};
  return { outputs, output: (name: string, value: string) => void (outputs[name] = value) };
}
