/** A part of the comment that may be cut after any of its lines, and is still closed. */
export interface Section {
  readonly open: string;
  readonly lines: readonly string[];
  readonly close: string;
}

/** Shown where something was cut off. */
const cutMark = '…';

/**
 * Writes sections one after another until `budget` is used up. The first that does not fit is cut;
 * later ones are left out, as they are less important.
 * @param sizeOf in characters or bytes, as the reader counts
 * @returns how many sections are whole
 */
export function fitSections(
  sections: readonly Section[],
  budget: number,
  sizeOf: (text: string) => number,
): { readonly text: string; readonly whole: number } {
  const written: string[] = [];
  let left = budget;
  for (const section of sections) {
    const text = write(section.open, section.lines, section.close);
    const size = sizeOf(text);
    if (size > left) {
      written.push(cut(section, left, sizeOf));
      return { text: written.join(''), whole: written.length - 1 };
    }
    written.push(text);
    left -= size;
  }
  return { text: written.join(''), whole: written.length };
}

function write(open: string, lines: readonly string[], close: string): string {
  return `${open}${lines.map((line) => `${line}\n`).join('')}${close}`;
}

/** @returns an empty text if not even one line fits */
function cut(
  { open, lines, close }: Section,
  budget: number,
  sizeOf: (text: string) => number,
): string {
  let left = budget - sizeOf(write(open, [cutMark], close));
  const kept: string[] = [];
  for (const line of lines) {
    left -= sizeOf(`${line}\n`);
    if (left < 0) break;
    kept.push(line);
  }
  return kept.length > 0 ? write(open, [...kept, cutMark], close) : '';
}
