/**
 * Whether a text matches an ALB pattern: `*` is any number of characters, `?` exactly one, and a
 * backslash takes their meaning away. Linear in practice, and never exponential: patterns come from
 * configuration, texts from clients.
 */
export function matchesWildcard(pattern: string, text: string): boolean {
  const parts = [...pattern.matchAll(/\\([*?\\])|([\s\S])/g)].map(([, escaped, plain]) =>
    escaped === undefined
      ? { char: plain ?? '', special: true }
      : { char: escaped, special: false },
  );
  let [part, at] = [0, 0];
  // Where to go on from after a mismatch: behind the last star, one character further.
  let [afterStar, starAt] = [-1, 0];
  while (at < text.length) {
    const { char, special } = parts[part] ?? { char: '', special: false };
    if (special && char === '*') {
      afterStar = ++part;
      starAt = at;
    } else if (part < parts.length && ((special && char === '?') || char === text[at])) {
      part++;
      at++;
    } else if (afterStar !== -1) {
      part = afterStar;
      at = ++starAt;
    } else return false;
  }
  return parts.slice(part).every(({ char, special }) => special && char === '*');
}
