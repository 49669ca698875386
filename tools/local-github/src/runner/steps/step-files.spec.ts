import fc from 'fast-check';
import { parseKeyValues } from './step-files';

test('single lines, values with equal signs, and values of many lines', () => {
  const text = 'a=1\nb=x=y\nc<<EOF\nfirst\n\nlast=2\nEOF\nd=\n';
  expect(parseKeyValues(text)).toEqual({ a: '1', b: 'x=y', c: 'first\n\nlast=2', d: '' });
});

test('what the runner refuses is refused', () => {
  expect(() => parseKeyValues('nothing')).toThrow("Invalid format 'nothing'");
  expect(() => parseKeyValues('a<<EOF\nno end')).toThrow('delimiter');
});

test('any text between delimiters is read back', () => {
  const values = fc.dictionary(
    fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]*$/),
    fc.stringMatching(/^[^\r]*$/),
    {
      noNullPrototype: true,
    },
  );
  fc.assert(
    fc.property(values, (expected) => {
      const delimiter = 'ghadelimiter_1f6c';
      const text = Object.entries(expected)
        .map(([name, value]) => `${name}<<${delimiter}\n${value}\n${delimiter}\n`)
        .join('');
      expect(parseKeyValues(text)).toEqual(expected);
    }),
  );
});
