/** XML text and attribute values; characters that XML 1.0 forbids are dropped. */
export function escapeText(text: string): string {
  return [...text]
    .filter((character) =>
      /[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u.test(character),
    )
    .join('')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** About how wide a text of 12 px is; SVG cannot measure, and viewers have different fonts. Pixels. */
export function textWidth(text: string): number {
  return text.length * 6.8;
}
