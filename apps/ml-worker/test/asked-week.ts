import { countedWeeks } from './golden';

const [week = new Float32Array()] = countedWeeks();

/** A week as a caller of the endpoint writes it, ten minutes of it missing. */
export function askedWeek(changes: object = {}): Record<string, unknown> {
  return {
    schema: 1,
    from: '2026-03-02',
    timeZone: 'Europe/Berlin',
    counts: Array.from(week, (count, minute) => (minute < 10 ? null : count)),
    inBed: [{ start: 1380, end: 1860 }],
    countScaling: { coleKripkeDivisor: 30, sadehCap: 300 },
    ...changes,
  };
}
