import { goldenWeeks, withGap } from '../../test/golden';
import { actogramSvg } from './actogram-svg';

const week = goldenWeeks()[0]?.counts ?? new Float32Array();
const base = { counts: week, sleepWindows: [{ start: 1380, end: 1860 }], from: '2024-01-01' };
const count = (svg: string, pattern: RegExp) => svg.match(pattern)?.length ?? 0;

test('a row a day, with its date and its sleep, also across midnight', () => {
  const svg = actogramSvg(base);
  expect(count(svg, /class="bar" d=/g)).toBe(7);
  for (const day of ['Mon 1 Jan', 'Sun 7 Jan']) expect(svg).toContain(`>${day}</text>`);
  expect(count(svg, /<rect class="sleep" x=/g)).toBe(2);
  expect(svg).toContain('Sleep windows: Mon 1 Jan 23:00 to 07:00.');
});

test('double-plotted, each night is whole in one row', () => {
  const svg = actogramSvg({ ...base, doublePlot: true });
  expect(svg).toContain('width="253.3"');
  expect(svg).toContain('width="1640"');
});

test('missing minutes are hatched and counted', () => {
  const svg = actogramSvg({ ...base, counts: withGap(week, 2000, 3008) });
  expect(count(svg, /<rect class="gap" x=/g)).toBe(2);
  expect(svg).toContain('10 % of the minutes are missing.');
  expect(svg).not.toContain('NaN');
});

test('a week without data is drawn too', () => {
  const svg = actogramSvg({ counts: week.map(() => NaN), sleepWindows: [], from: '2024-01-01' });
  expect(svg).toContain('No sleep windows.');
  expect(svg).not.toMatch(/NaN|undefined|Infinity/);
});

test('nothing from outside can run or be loaded, nor break the document', () => {
  const svg = actogramSvg({
    ...base,
    title: `</title><script>alert('1')</script>&\u0000`,
    from: '<b>',
  });
  expect(svg).not.toMatch(/<script|<b>|href|url\((?!#)/);
  expect(svg).toContain('&lt;/title&gt;&lt;script&gt;alert(&#39;1&#39;)');
  expect(svg).toContain('>Day 1</text>');
});

test('it has a name, a description and colours for the dark', () => {
  const svg = actogramSvg(base);
  expect(svg).toMatch(/^<svg [^>]*role="img" aria-labelledby="title desc">\n<title id="title">/);
  expect(svg).toContain('prefers-color-scheme: dark');
  expect(svg.length).toBeLessThan(60_000);
});
