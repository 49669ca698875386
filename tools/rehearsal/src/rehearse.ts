import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Progress } from './progress/progress';
import { startRecording } from './progress/record';
import type { Findings } from './report/report';
import type { ScenarioRecord } from './report/scenario-record';
import type { Context, Scenario } from './scenarios/scenario';
import { runTracks } from './schedule/run-tracks';
import { prerequisites } from './schedule/select';

export interface RehearsalOptions {
  /** Root of the workspace. */
  readonly root: string;
  /** dist/rehearsal. */
  readonly folder: string;
  readonly interrupted: AbortSignal;
  readonly progress: Progress;
}

export interface Rehearsed {
  /** In the order of their ends. */
  readonly records: readonly ScenarioRecord[];
  readonly findings: Findings;
  /** Why it ended early. */
  readonly failure?: unknown;
}

type End = () => Promise<void>;

/**
 * Runs scenarios, independent ones at the same time, and ends everything that they started.
 * @returns what they found, also if one failed
 */
export async function rehearse(
  chosen: readonly Scenario[],
  { root, folder, interrupted, progress }: RehearsalOptions,
): Promise<Rehearsed> {
  await rm(join(folder, 'logs'), { recursive: true, force: true });
  const findings: Findings = {
    resources: { applied: {}, planOnly: [] },
    secondPlan: {},
    releases: [],
    workflows: [],
  };
  const results = new Map<Scenario, unknown>();
  const ends: End[] = [];
  const { records, record } = startRecording(folder, progress);

  const run = (scenario: Scenario, signal: AbortSignal) => {
    const context: Context = {
      root,
      folder,
      log: join(folder, 'logs', `${scenario.name}.log`),
      signal,
      findings,
      note: (text) => progress.note(scenario.name, text),
      resultOf: <Result>(needed: Scenario<Result>) => {
        if (!results.has(needed)) throw new Error(`${scenario.name} does not need ${needed.name}.`);
        return results.get(needed) as Result;
      },
      hasRun: (other) => results.has(other),
      onEnd: (end) => void ends.push(end),
    };
    return record(scenario, signal, async () => {
      const result = await scenario.run(context);
      signal.throwIfAborted();
      results.set(scenario, result);
      return scenario.describe(result);
    });
  };
  const tearDown = { name: 'tear-down', summary: 'end everything that was started' };
  const failures: unknown[] = [];
  const keep = (error: unknown) => void failures.push(error);
  await runTracks(prerequisites(chosen), run, interrupted).catch(keep);
  await record(tearDown, new AbortController().signal, () => endAll(ends)).catch(keep);
  return { records, findings, ...(failures.length > 0 ? { failure: failures[0] } : {}) };
}

/** Ends the last first. @throws the first error, after all were tried */
async function endAll(ends: readonly End[]): Promise<string> {
  const errors: unknown[] = [];
  for (const end of ends.toReversed()) await end().catch((error: unknown) => errors.push(error));
  if (errors.length > 0) throw errors[0];
  return 'no process left';
}
