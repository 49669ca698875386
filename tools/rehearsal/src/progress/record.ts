import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ScenarioRecord } from '../report/scenario-record';
import type { Progress } from './progress';

type Recorded = Pick<ScenarioRecord, 'name' | 'summary'>;

export interface Recording {
  /** Of what has ended, in the order of the ends. */
  readonly records: readonly ScenarioRecord[];
  /**
   * Runs something and records how it went.
   * @param signal what fails after it aborted was stopped, and its reason is the reason
   * @param work returns what it showed
   */
  record(what: Recorded, signal: AbortSignal, work: () => Promise<string>): Promise<void>;
}

/** @param folder of the report, with the logs in `logs` */
export function startRecording(folder: string, progress: Progress): Recording {
  const records: ScenarioRecord[] = [];
  const beginning = performance.now();
  const now = () => Math.round((performance.now() - beginning) / 10) / 100;
  return {
    records,
    async record({ name, summary }, signal, work) {
      const start = now();
      const end = (verdict: ScenarioRecord['verdict'], detail: string) => {
        const seconds = Math.round((now() - start) * 100) / 100;
        const log = `logs/${name}.log`;
        const link = existsSync(join(folder, log)) ? { log } : {};
        const ended = { name, summary, verdict, start, seconds, detail, ...link };
        records.push(ended);
        progress.ended(ended);
      };
      progress.started(name);
      try {
        end('passed', await work());
      } catch (error) {
        const reason: unknown = signal.aborted ? signal.reason : error;
        end(
          signal.aborted ? 'stopped' : 'failed',
          reason instanceof Error ? reason.message : String(reason),
        );
        throw reason;
      }
    },
  };
}
