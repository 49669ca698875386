/**
 * The local time of each minute of a recording, in minutes after midnight of its first day: on the day when the clock
 * goes forward an hour of them is left out, on the day when it goes back an hour is there twice.
 */
export type LocalClock = Int32Array;

/** The clock of a recording in which every day has 24 hours. */
export function evenClock(minutes: number): LocalClock {
  const clock = new Int32Array(minutes);
  for (let minute = 0; minute < minutes; minute++) clock[minute] = minute;
  return clock;
}
