import fc from 'fast-check';
import { resolve } from './evaluate';
import { isObject, type NodeObject } from './node';
import { parseWorkflowYaml } from './parse-yaml';

const valueOf = (yaml: string): unknown => {
  const text = [
    'on: push',
    'jobs:',
    '  a:',
    '    runs-on: ubuntu-24.04',
    '    env:',
    yaml,
    '    steps: [{ run: x }]',
  ];
  const { jobs } = parseWorkflowYaml('x.yml', text.join('\n'));
  const job = isObject(jobs) ? (jobs['a'] as NodeObject) : {};
  const { A } = resolve(job['env'] ?? null, { contexts: { github: { sha: 'abc' } } }) as {
    A: unknown;
  };
  return A;
};

test.each([
  [
    'a block',
    '      A: |\n        one ${{ github.sha }}\n          two\n\n        three',
    'one abc\n  two\n\nthree\n',
  ],
  [
    'a block without a line feed at its end',
    '      A: |-\n        ${{ github.sha }}\n        x',
    'abc\nx',
  ],
  [
    'a block whose first line is empty',
    '      A: |\n\n        one ${{ github.sha }}\n          two',
    '\none abc\n  two\n',
  ],
  [
    'a block with a quote',
    "      A: |\n        it's ${{ github.sha }}\n        x",
    "it's abc\nx\n",
  ],
  ['double quotes', '      A: "a ${{ github.sha }} b"', 'a abc b'],
  ['single quotes', "      A: 'a ${{ github.sha }} b'", 'a abc b'],
  ['double quotes with an escape', '      A: "a\\t${{ github.sha }}"', 'a\tabc'],
  ['quotes around the expression alone', '      A: "${{ github.sha }}"', 'abc'],
  ['no quotes', '      A: a ${{ github.sha }}', 'a abc'],
])('a text in %s is what YAML means', (_form, yaml, expected) => {
  expect(valueOf(yaml)).toBe(expected);
});

test.each([
  ['folded', '      A: >\n        a ${{ github.sha }}\n        b'],
  ['plain over two lines', '      A: a ${{ github.sha }}\n        b'],
  [
    'a block with its indentation in the header',
    '      A: |2\n         a ${{ github.sha }}\n        b',
  ],
])('a text that is %s is refused with its place', (_form, yaml) => {
  expect(() => valueOf(yaml)).toThrow(/does not support .*x\.yml:6/);
});

test('a here-document in a block keeps every line', () => {
  const line = fc.tuple(
    fc.constantFrom('', '  ', '    '),
    fc.stringMatching(/^[a-zA-Z0-9'<>:|#{}-]+$/).filter((text) => !/\$\{\{|\}\}/.test(text)),
  );
  const lines = fc.array(
    fc.oneof(
      line.map(([indent, text]) => indent + text),
      fc.constant(''),
    ),
  );
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const written = ['cat <<END', ...before, 'id ${{ github.sha }}', ...after, 'END'];
      const block = written.map((text) => (text ? `        ${text}` : '')).join('\n');
      expect(valueOf(`      A: |\n${block}`)).toBe(
        `${written.join('\n').replace('${{ github.sha }}', 'abc')}\n`,
      );
    }),
  );
});
