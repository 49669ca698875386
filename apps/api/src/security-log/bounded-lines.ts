const periodMs = 1_000;

/**
 * Passes on at most `perSecond` lines of each event within a second, so that a flood of requests is not
 * a flood of lines, and then one line with the count of those left out.
 */
export function boundedLines<Event extends string>(
  write: (line: object) => void,
  perSecond: number,
): (event: Event, fields: object) => void {
  const periods = new Map<Event, { written: number; suppressed: number }>();

  function open(event: Event) {
    const period = { written: 0, suppressed: 0 };
    periods.set(event, period);
    const close = () => {
      periods.delete(event);
      if (period.suppressed > 0) write({ event, suppressed: period.suppressed });
    };
    setTimeout(close, periodMs).unref();
    return period;
  }

  return (event, fields) => {
    const period = periods.get(event) ?? open(event);
    if (period.written >= perSecond) period.suppressed++;
    else {
      period.written++;
      write({ event, ...fields });
    }
  };
}
