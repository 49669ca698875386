import Type from 'typebox';
import { configOrExit } from './config-or-exit';
import { parser } from './parse';

const parse = parser('environment', Type.Object({ PORT: Type.String({ pattern: '^[0-9]+$' }) }));

test('returns a good configuration', () => {
  expect(configOrExit(() => parse({ PORT: '8080' }))).toEqual({ PORT: '8080' });
});

test('ends the process with 78 and names the variable, not its value', () => {
  const print = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const exit = jest.spyOn(process, 'exit').mockImplementation((code) => {
    throw new Error(`exit ${code}`);
  });
  try {
    expect(() => configOrExit(() => parse({ PORT: 'secret' }))).toThrow('exit 78');
    expect(print.mock.calls).toEqual([
      [expect.stringMatching(/^The environment is .*\n {2}PORT /)],
    ]);
    expect(String(print.mock.calls[0]?.[0])).not.toContain('secret');
  } finally {
    print.mockRestore();
    exit.mockRestore();
  }
});

test('passes other errors on', () => {
  const broken = () => {
    throw new TypeError('a bug');
  };
  expect(() => configOrExit(broken)).toThrow(TypeError);
});
