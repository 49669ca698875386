import { colorsFor, progressOn, type Environment } from './progress-on';

const record = (name: string) =>
  ({ name, summary: '', verdict: 'passed', start: 0, seconds: 1, detail: 'done' }) as const;

function writtenBy(isTTY: boolean, env: Environment, columns = 80) {
  let written = '';
  const output = { isTTY, columns, write: (text: string) => void (written += text) };
  return { progress: progressOn(output, env), written: () => written };
}

test('writes no control characters without a terminal, in CI or not', () => {
  for (const env of [{}, { CI: 'true' }]) {
    const { progress, written } = writtenBy(false, env);
    progress.started('plan');
    progress.ended(record('plan'));
    expect(written()).toBe('▸ plan\n✓ plan 1.0s  done\n');
  }
});

test('NO_COLOR switches colours off on a terminal too', () => {
  expect(colorsFor({ isTTY: true, write: () => {} }, { NO_COLOR: '1' }).red('x')).toBe('x');
  expect(colorsFor({ isTTY: true, write: () => {} }, {}).red('x')).not.toBe('x');
});

test('a line in a log names its scenario, which distinguishes two tracks', () => {
  jest.useFakeTimers();
  const { progress, written } = writtenBy(false, {});
  progress.started('plan');
  progress.started('fork');
  progress.note('plan', 'too soon');
  jest.advanceTimersByTime(11_000);
  progress.note('fork', 'checked');
  progress.note('fork', 'too soon again');
  jest.useRealTimers();
  expect(written()).toBe('▸ plan\n▸ fork\n  fork │ checked\n');
});

test('a terminal has one live line per running scenario, none longer than it is wide', () => {
  jest.useFakeTimers();
  const { progress, written } = writtenBy(true, { NO_COLOR: '1' }, 40);
  progress.started('plan');
  progress.started('fork');
  progress.note('plan', 'x'.repeat(100));
  jest.advanceTimersByTime(250);
  const last = written().split('\x1b[0J').at(-1) ?? '';
  const lines = last.trimEnd().split('\n');
  expect(lines).toHaveLength(2);
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(40);
  progress.ended(record('plan'));
  progress.ended(record('fork'));
  jest.advanceTimersByTime(1000);
  jest.useRealTimers();
  expect(written().endsWith('✓ fork 1.0s  done\n')).toBe(true);
});
