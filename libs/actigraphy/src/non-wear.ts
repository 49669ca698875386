import type { MinuteWindow } from './night';

/** Non-wear has at least so many minutes in a row without counts. */
const shortestStillness = 180;
/** Movement of up to this many minutes in a row is an artefact … */
const longestArtefact = 2;
/** … if nothing moved for so many minutes before it and after it. */
const stillAround = 30;

/**
 * The stretches in which the device was not worn: Choi's rule, with the window that recordings of whole days need.
 *
 * A stretch is of minutes without counts; up to 2 minutes with counts do not end it if the 30 minutes before them and
 * the 30 after them have none (at the ends of the recording, as many as there are). It is non-wear if at least 180
 * minutes in a row have no counts.
 *
 * Source: Choi, Liu, Matthews, Buchowski, Med Sci Sports Exerc 2011;43:357, doi:10.1249/MSS.0b013e3181ed61a3, whose
 * 90 minutes in all were made for waking hours and take calm sleep for non-wear; 180 in a row separate best in
 * recordings of 24 hours: Jaeschke et al., Sci Rep 2017;7:2227, doi:10.1038/s41598-017-01092-w.
 *
 * Missing: a minute that was not measured is not one without counts. It ends a stretch, and no artefact is next to it.
 * @param counts counts a minute, NaN = missing
 * @returns stretches in order; what is shorter, such as a shower, is not found
 */
export function nonWearWindows(counts: Float32Array): readonly MinuteWindow[] {
  const windows: MinuteWindow[] = [];
  let start = 0;
  let still = 0;
  let longestStill = 0;
  for (let minute = 0; minute <= counts.length; minute++) {
    if (counts[minute] === 0) {
      longestStill = Math.max(longestStill, ++still);
      continue;
    }
    const artefact = still > 0 ? artefactAt(counts, minute) : 0;
    if (artefact === 0) {
      if (longestStill >= shortestStillness) windows.push({ start, end: minute });
      longestStill = 0;
      start = minute + 1;
    }
    still = 0;
    minute += Math.max(0, artefact - 1);
  }
  return windows;
}

/** @returns how many minutes the artefact has that begins at `minute`; 0 if none does */
function artefactAt(counts: Float32Array, minute: number): number {
  let end = minute;
  while (counts[end]! > 0) if (++end - minute > longestArtefact) return 0;
  const still =
    isStill(counts, minute - stillAround, minute) && isStill(counts, end, end + stillAround);
  return still ? end - minute : 0;
}

function isStill(counts: Float32Array, start: number, end: number): boolean {
  const last = Math.min(end, counts.length);
  for (let minute = Math.max(0, start); minute < last; minute++)
    if (counts[minute] !== 0) return false;
  return true;
}

/** `counts` with the minutes of `windows` missing. */
export function withoutWindows(
  counts: Float32Array,
  windows: readonly MinuteWindow[],
): Float32Array {
  if (windows.length === 0) return counts;
  const worn = counts.slice();
  for (const { start, end } of windows) worn.fill(NaN, start, end);
  return worn;
}
