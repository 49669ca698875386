/**
 * Whether a text matches an ALB pattern: `*` is any number of characters, `?` exactly one, and a
 * backslash takes their meaning away. Linear in practice, and never exponential: patterns come from
 * configuration, texts from clients.
 */
export function matchesWildcard(pattern: string, text: string): boolean {
  let [part, at] = [0, 0];
  // Where to go on from after a mismatch: behind the last star, one character further.
  let [afterStar, starAt] = [-1, 0];
  while (at < text.length) {
    const isEscaped = pattern[part] === '\\' && /[*?\\]/.test(pattern[part + 1] ?? '');
    const char = pattern[isEscaped ? part + 1 : part];
    if (char === '*' && !isEscaped) {
      afterStar = ++part;
      starAt = at;
    } else if (char === text[at] || (char === '?' && !isEscaped)) {
      part += isEscaped ? 2 : 1;
      at++;
    } else if (afterStar !== -1) {
      part = afterStar;
      at = ++starAt;
    } else return false;
  }
  while (pattern[part] === '*') part++;
  return part === pattern.length;
}
