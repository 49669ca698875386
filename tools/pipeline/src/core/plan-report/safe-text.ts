/**
 * Characters that look like something else: controls, line separators, marks that change the direction of
 * writing (a diff that reads backwards), and halves of surrogate pairs.
 */
const deceptive =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

const escapedCharacter = (character: string) =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** One line of plain text without hidden characters. */
export function visible(text: string): string {
  return text.replace(deceptive, escapedCharacter);
}

/** @returns at most `limit` UTF-16 units, never half a character, with a note of what was left out */
export function clipped(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const kept = text.slice(0, limit).replace(/[\ud800-\udbff]$/, '');
  return `${kept}… (${text.length - kept.length} more characters)`;
}

const entity = (character: string) => `&#${character.charCodeAt(0)};`;

/** Text for places where GitHub reads Markdown and HTML: it is neither, and mentions nobody. */
function prose(text: string): string {
  return (
    visible(text)
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replace(/[\\`*[\]#!~|$:@]|(?<=www)\.|(?<![a-z0-9])_|_(?![a-z0-9])/gi, entity)
      // GitHub looks for mentions after it has decoded entities.
      .replaceAll('&#64;', '&#64;\u200b')
  );
}

/** A name as code: nothing in it becomes a mention, a link or emphasis. */
export function code(text: string, limit = 200): string {
  return `<code>${prose(clipped(text, limit))}</code>`;
}

/** A fence that none of `lines` can close. */
export function fenceFor(lines: readonly string[]): string {
  let longest = 2;
  for (const line of lines)
    for (const [run] of line.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return '`'.repeat(longest + 1);
}
