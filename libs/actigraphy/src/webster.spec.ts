import { rescoreByWebster } from './webster';

/** `W9 s3` = nine minutes awake, three asleep; `m` missing. */
function scores(text: string): Uint8Array {
  const value: Record<string, number> = { W: 0, s: 1, m: 2 };
  return Uint8Array.from(
    text
      .split(' ')
      .flatMap((run) => Array<number>(Number(run.slice(1))).fill(value[run[0] ?? ''] ?? 0)),
  );
}

test.each([
  ['three minutes awake change nothing', 'W3 s9', 'W3 s9'],
  ['a: four awake take one', 'W4 s9', 'W5 s8'],
  ['b: ten awake take three', 'W10 s9', 'W13 s6'],
  ['c: fifteen awake take four', 'W15 s9', 'W19 s5'],
  ['a to c stay within the sleep that follows', 'W15 s2 W1 s9', 'W18 s9'],
  ['d: six asleep between ten and ten', 'W10 s6 W10', 'W26'],
  ['d: not seven', 'W10 s7 W10', 'W13 s4 W10'],
  ['e: ten asleep between twenty and twenty', 'W20 s10 W20', 'W50'],
  ['e: not next to nineteen', 'W20 s10 W19', 'W24 s6 W19'],
  ['a missing minute hides what is before it', 'W20 m1 s9', 'W20 m1 s9'],
])('%s', (_, before, after) => {
  expect(rescoreByWebster(scores(before))).toEqual(scores(after));
});
