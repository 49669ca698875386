import { textWidth } from './svg-text';

const swatchWidth = 22;
const lineHeight = 24;
const [afterSwatch, betweenEntries] = [8, 26];

interface Entry {
  readonly swatch: string;
  readonly text: string;
}

export interface Legend {
  readonly svg: readonly string[];
  readonly height: number;
}

/**
 * The legend, on as many lines as its texts need.
 * @param full counts a minute of a bar of full height
 */
export function legend(left: number, top: number, width: number, full: number): Legend {
  let [x, y] = [left, top];
  const svg = entries(full).flatMap(({ swatch, text }) => {
    const entryWidth = swatchWidth + afterSwatch + textWidth(text);
    if (x > left && x + entryWidth > left + width) [x, y] = [left, y + lineHeight];
    const drawn = [
      `<g transform="translate(${Math.round(x)} ${y})">${swatch}</g>`,
      `<text class="note" x="${Math.round(x + swatchWidth + afterSwatch)}" y="${y + 11}">${text}</text>`,
    ];
    x += entryWidth + betweenEntries;
    return drawn;
  });
  return { svg, height: y + lineHeight - top };
}

function entries(full: number): readonly Entry[] {
  const box = (kind: string) => `<rect class="${kind}" width="${swatchWidth}" height="13"/>`;
  const band = (edge: string) => `${box('sleep')}<path class="${edge}" d="M0 0h${swatchWidth}"/>`;
  return [
    { swatch: box('bar'), text: `Movement, full height ${Math.round(full)} counts a minute` },
    { swatch: band('edge'), text: 'In bed' },
    { swatch: band('edge detected'), text: 'Sleep, detected' },
    { swatch: box('gap'), text: 'Not measured' },
    { swatch: box('unworn'), text: 'Not worn' },
    { swatch: box('l5'), text: 'L5, least active 5 hours' },
    { swatch: box('m10'), text: 'M10, most active 10 hours' },
    { swatch: '<path class="peak" d="M11 0V13"/>', text: 'Acrophase, peak of the daily rhythm' },
  ];
}
