import { writeFileSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';

/** Of what may compute for minutes while others wait for an answer, as `nice` counts: 0 is normal, 19 the lowest. */
export const backgroundPriority = 10;
/** Of what nobody waits for yet. */
export const lowestPriority = 19;

/**
 * Gives the leader of a new session a priority; what it starts has it too. Linux first divides the processors among
 * sessions, each of which begins with the normal priority, so that `nice` alone would only count within one of them.
 * @param priority our own if left out
 * @see https://man7.org/linux/man-pages/man7/sched.7.html "The autogroup feature"
 */
export function setSessionPriority(pid: number, priority = getPriority()): void {
  if (priority === 0) return;
  try {
    setPriority(pid, priority);
    writeFileSync(`/proc/${pid}/autogroup`, String(priority));
  } catch {
    // The process has ended, or this system schedules processes only.
  }
}
