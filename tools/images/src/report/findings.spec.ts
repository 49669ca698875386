import { below, hasMissed, same, skipped, table, measured } from './findings';

test('a figure has to be below its limit, and no number is not', () => {
  expect(below('api', 'exit', 0.3, 1, 's')).toMatchObject({ outcome: 'reached', goal: '< 1 s' });
  expect(below('api', 'exit', 1, 1, 's').outcome).toBe('missed');
  expect(below('api', 'memory', Number.NaN, 1, 'MiB').outcome).toBe('missed');
});

test('only what was missed fails the run', () => {
  const fine = [measured('api', 'build', 40, 's'), skipped('registry', 'push', 'none')];
  expect(hasMissed(fine)).toBe(false);
  expect(hasMissed([...fine, same('api', 'uid', '0', '65532')])).toBe(true);
});

test('a person sees at a glance what was missed', () => {
  expect(
    table([
      below('api', 'compressed size', 52.94, 80, 'MB'),
      same('ml-worker', 'uid', '0', '65532'),
      measured('api', 'built in', 4, 's'),
    ]),
  ).toEqual([
    'ok      api        compressed size  52.9 MB  < 80 MB',
    'MISSED  ml-worker  uid              0        65532',
    '        api        built in         4.00 s',
  ]);
});
