import { describeResult } from './result';

test('a table is aligned, and each goal has its verdict', () => {
  const table = {
    name: 'POST',
    columns: ['contender', 'requests/s'],
    rows: [
      ['bare', '1000'],
      ['the API', '9'],
    ],
    goals: [
      { what: 'the API / bare', value: 0.009, atLeast: 0.5 },
      { what: 'units', value: 3, atMost: 3 },
    ],
  };
  expect(describeResult(table)).toBe(
    [
      'POST',
      '  contender  requests/s',
      '  bare             1000',
      '  the API             9',
      '  the API / bare: 0.01 (goal at least 0.5: MISSED)',
      '  units: 3.00 (goal at most 3: reached)',
      '',
    ].join('\n'),
  );
});

test('a delay and a comparison name their goal, too', () => {
  expect(describeResult({ name: 'rollback', what: 'to the call', seconds: 4, atMost: 3 })).toBe(
    'rollback: 4.00 s to the call (goal 3 s: MISSED)\n',
  );
  const comparison = { name: 'synth', seconds: { a: 1, b: 6 }, ratio: 6, goal: 5 };
  expect(describeResult(comparison)).toBe(
    'synth: 6.00 times faster (goal 5.0: reached)\n  1.00 s  a\n  6.00 s  b\n',
  );
});
