import type { Logger } from '@clarity/telemetry';
import { setTimeout as delay } from 'node:timers/promises';
import type { Manifest, ManifestLine } from './manifest';
import type { LineEnd } from './process-line';

/** How the lines of a shard ended. */
export interface Tally {
  completed: number;
  failed: number;
  /** Ended in an earlier run. */
  earlier: number;
  /** No output could be written for them, nor ever will be. */
  unusable: number;
  /** S3 or the model did not work; another run may end them. */
  unfinished: number;
  /** Not begun: the job was stopped, or gave up. */
  left: number;
}

export interface Shard {
  readonly lines: Manifest['lines'];
  readonly endLine: (line: ManifestLine) => Promise<LineEnd>;
  /** Lines at a time. */
  readonly room: number;
  /** Lines in flight are finished, no others are begun. */
  readonly signal: AbortSignal;
  readonly log: Logger;
  /** Milliseconds to wait after the n-th failed attempt of a line. */
  readonly pauseMs?: (attempt: number) => number;
}

const attempts = 3;
/** Where so many lines in a row cannot be finished, the rest would not be either. */
const mostUnfinishedInARow = 5;
const linesBetweenReports = 100;
const msBetweenReports = 30_000;

/** Ends the lines of a shard, several at a time. Never rejects; logs hold line numbers, no keys. */
export async function runShard(shard: Shard): Promise<Tally> {
  const { lines, room, signal, log } = shard;
  const tally: Tally = {
    completed: 0,
    failed: 0,
    earlier: 0,
    unusable: 0,
    unfinished: 0,
    left: lines.length,
  };
  let next = 0;
  let unfinishedInARow = 0;
  const report = reporter(lines.length, tally, log);
  const goesOn = () => !signal.aborted && unfinishedInARow < mostUnfinishedInARow;
  const work = async () => {
    while (goesOn()) {
      const line = lines[next++];
      if (line === undefined) return;
      tally.left--;
      const kind = await endOf(line, shard);
      tally[kind]++;
      unfinishedInARow = kind === 'unfinished' ? unfinishedInARow + 1 : 0;
      report();
    }
  };
  await Promise.all(Array.from({ length: room }, work));
  return tally;
}

/** A job has done its part when another run of it would find nothing to do, and nothing was lost. */
export function exitStatusOf({ unusable, unfinished, left }: Tally): 0 | 1 {
  return unusable + unfinished + left === 0 ? 0 : 1;
}

async function endOf(
  line: Manifest['lines'][number],
  { endLine, signal, log, pauseMs = backoff }: Shard,
): Promise<Exclude<keyof Tally, 'left'>> {
  const where = { line: line.line };
  if ('unusable' in line) {
    log.error({ ...where, reason: line.unusable }, 'line not usable');
    return 'unusable';
  }
  for (let attempt = 1; ; attempt++) {
    try {
      const end = await endLine(line);
      if (end.kind === 'failed') log.warn({ ...where, failure: end.code }, 'line failed');
      if (end.kind !== 'taken') return end.kind;
      log.error(
        { ...where, reason: 'Another document is at the key of its output.' },
        'line not usable',
      );
      return 'unusable';
    } catch (error) {
      if (attempt >= attempts || signal.aborted) {
        log.error({ ...where, attempt, err: error }, 'line not finished');
        return 'unfinished';
      }
      log.warn({ ...where, attempt, err: error }, 'line is tried again');
      await delay(pauseMs(attempt), undefined, { signal }).catch(() => undefined);
    }
  }
}

function reporter(lines: number, tally: Tally, log: Logger): () => void {
  let reportedAt = performance.now();
  let ended = 0;
  return () => {
    ended++;
    const now = performance.now();
    if (ended % linesBetweenReports !== 0 && now - reportedAt < msBetweenReports) return;
    reportedAt = now;
    log.info({ lines, ...tally }, 'progress');
  };
}

function backoff(attempt: number): number {
  return 1_000 * 2 ** (attempt - 1);
}
