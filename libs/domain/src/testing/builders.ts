import { randomBytes, randomUUID } from 'node:crypto';
import type { Analysis } from '../analysis';
import { newAnalysisId, type UserId } from '../ids';
import type { Sample } from '../sample';

/** A user that no other test knows. */
export function aUser(): UserId {
  return randomUUID() as string as UserId;
}

/** One minute of activity on 2 March 2026 at noon UTC by default. */
export function aSample(overrides: Partial<Sample> = {}): Sample {
  return {
    id: randomUUID(),
    type: 'activity_count',
    start: '2026-03-02T12:00:00Z',
    end: '2026-03-02T12:01:00Z',
    value: 120,
    unit: '{counts}',
    source: 'contract test',
    ...overrides,
  };
}

/** Consecutive minutes of activity, as a watch uploads them. @param from epoch milliseconds */
export function someMinutes(from: number, minutes: number): Sample[] {
  return Array.from({ length: minutes }, (_, minute) =>
    aSample({
      start: new Date(from + minute * 60_000).toISOString(),
      end: new Date(from + (minute + 1) * 60_000).toISOString(),
      value: (minute * 37) % 400,
    }),
  );
}

/** An analysis that has just been asked for. */
export function anAnalysis(overrides: Partial<Analysis> = {}): Analysis {
  const id = newAnalysisId(Date.now());
  return {
    id,
    userId: aUser(),
    from: '2026-03-02',
    timeZone: 'Europe/Berlin',
    status: 'queued',
    input: anObjectRef(`analyses/${id}/input.json`),
    model: 'pat-s',
    requestedAt: '2026-03-09T08:00:00.000Z',
    ...overrides,
  };
}

export function anObjectRef(key: string): Analysis['input'] {
  return { bucket: 'data', key, sha256: randomBytes(32).toString('hex') };
}
