import { runsOf, score, type Run } from './sleep-scores';

/** After at least `wake` minutes awake, the first `sleep` minutes of the sleep that follows are wake. */
const afterWake = [
  { wake: 4, sleep: 1 },
  { wake: 10, sleep: 3 },
  { wake: 15, sleep: 4 },
] as const;

/** Sleep of at most `sleep` minutes between two stretches of at least `wake` minutes awake is wake. */
const betweenWake = [
  { sleep: 6, wake: 10 },
  { sleep: 10, wake: 20 },
] as const;

/**
 * Webster's rescoring rules a to e, which take back sleep that follows or interrupts long wakefulness.
 *
 * a: after ≥ 4 min wake the next 1 min of sleep is wake; b: after ≥ 10 the next 3; c: after ≥ 15 the
 * next 4; d: ≤ 6 min sleep between ≥ 10 min wake on both sides is wake; e: ≤ 10 between ≥ 20.
 * Every rule looks at the scores as they came, not at what another rule made of them; a to c never
 * reach beyond the stretch of sleep that follows.
 *
 * Source: Webster, Kripke, Messin, Mullaney, Wyborney, Sleep 1982;5:389.
 *
 * Missing: a missing minute ends a stretch, counts as neither, and stays missing.
 * @param scores of Cole-Kripke, see `score`
 * @returns new scores
 */
export function rescoreByWebster(scores: Uint8Array): Uint8Array {
  const rescored = scores.slice();
  runsOf(scores).forEach((run, index, runs) => {
    if (run.score !== score.sleep) return;
    const before = wakeMinutes(runs[index - 1]);
    const after = wakeMinutes(runs[index + 1]);
    const length = run.end - run.start;
    const taken = Math.max(
      0,
      ...afterWake.map((rule) => (before >= rule.wake ? rule.sleep : 0)),
      ...betweenWake.map((rule) =>
        length <= rule.sleep && before >= rule.wake && after >= rule.wake ? length : 0,
      ),
    );
    rescored.fill(score.wake, run.start, run.start + Math.min(taken, length));
  });
  return rescored;
}

function wakeMinutes(run: Run | undefined): number {
  return run?.score === score.wake ? run.end - run.start : 0;
}
