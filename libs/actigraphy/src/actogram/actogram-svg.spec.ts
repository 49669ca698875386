import { goldenWeeks, withGap } from '../../test/golden';
import { evenClock } from '../local-clock';
import { actogramSvg } from './actogram-svg';

const week = goldenWeeks()[0]?.counts ?? new Float32Array();
const base = { counts: week, sleepWindows: [{ start: 1380, end: 1860 }], from: '2024-01-01' };
const count = (svg: string, pattern: RegExp) => svg.match(pattern)?.length ?? 0;

test('a row a day, with its date and its sleep, also across midnight', () => {
  const svg = actogramSvg({ ...base, doublePlot: false });
  expect(count(svg, /class="bar" d=/g)).toBe(7);
  for (const day of ['Mon 1 Jan', 'Sun 7 Jan']) expect(svg).toContain(`>${day}</text>`);
  expect(count(svg, /<rect class="sleep" x=/g)).toBe(2);
  expect(svg).toContain('Sleep windows: Mon 1 Jan 23:00 to 07:00.');
});

test('each night is whole in one row, unless a single plot is asked for', () => {
  const eightHours = 'width="160"';
  expect(actogramSvg(base)).toContain(eightHours);
  expect(actogramSvg({ ...base, doublePlot: false })).not.toContain(eightHours);
});

test('missing minutes and those without the device are hatched apart, and counted', () => {
  const svg = actogramSvg({
    ...base,
    counts: withGap(week, 2000, 3008),
    nonWear: [{ start: 5000, end: 5504 }],
    doublePlot: false,
  });
  expect(count(svg, /<rect class="gap" x=/g)).toBe(2);
  expect(count(svg, /<rect class="unworn" x=/g)).toBe(1);
  expect(svg).toContain('10 % of the minutes are missing.');
  expect(svg).toContain('The device was not worn in 5 %.');
  expect(svg).not.toContain('NaN');
});

test('L5, M10 and acrophase are marked on each day that a row shows', () => {
  const svg = actogramSvg({
    ...base,
    rhythm: { l5Onset: 1380, m10Onset: 467, acrophase: 843 },
  });
  // A night of the average day reaches over midnight: its second half, a whole one, and its first half.
  expect(count(svg, /<rect class="l5" x=/g)).toBe(3);
  expect(count(svg, /<rect class="m10" x=/g)).toBe(2);
  expect(count(svg, /<path class="peak" d="M\d/g)).toBe(3);
  expect(svg).toContain(
    'On the average day the least active 5 hours begin at 23:00, the most active 10 hours begin at 07:47, the acrophase is at 14:03.',
  );
});

test('after a change of the clock the days are shown at local time', () => {
  const clock = evenClock(week.length).map((minute) => (minute < 3000 ? minute : minute + 60));
  const night = { start: 7080, end: 7560 };
  const svg = actogramSvg({ ...base, clock, sleepWindows: [night] });
  expect(svg).toContain('Sleep windows: Fri 5 Jan 23:00 to 07:00.');
  expect(svg).toContain('The clock goes forward 60 minutes on Wed 3 Jan at 02:00.');
  expect(svg).toContain('>+1 h</text>');
  expect(svg).not.toContain('class="gap" x=');
});

test('no text of the legend reaches into the next entry, whatever the counts', () => {
  const svg = actogramSvg({ ...base, counts: week.map((count) => count * 1000) });
  const notes = [...svg.matchAll(/<text class="note" x="(\d+)" y="(\d+)">([^<]+)</g)].map(
    ([, x, y, text = '']) => ({ x: Number(x), y: Number(y), end: Number(x) + 6.5 * text.length }),
  );
  expect(notes).toHaveLength(8);
  notes.forEach(({ y, end }, index) => {
    const next = notes[index + 1];
    expect(end).toBeLessThan(next?.y === y ? next.x - 22 : 1080);
  });
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
