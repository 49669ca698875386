/** How large a JSON document may be in structure; its bytes are bounded elsewhere. */
export interface JsonBounds {
  /** Arrays and objects within each other. */
  readonly maxDepth: number;
  /** Members of all objects and elements of all arrays together. */
  readonly maxMembers: number;
}

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/**
 * Finds out whether a document is too much to parse, in one pass over its bytes that costs about a
 * tenth of parsing them. Every container counts as one member and every comma as one, which is never
 * less than there are. What is not JSON at all is left to the parser.
 * @param json UTF-8
 * @returns which bound is exceeded first, if any
 */
export function exceededBound(
  json: Uint8Array,
  { maxDepth, maxMembers }: JsonBounds,
): keyof JsonBounds | undefined {
  const { length } = json;
  let depth = 0;
  let members = 0;
  for (let at = 0; at < length; at++) {
    const byte = json[at];
    if (byte === quote) {
      while (++at < length) {
        const inText = json[at];
        if (inText === quote) break;
        if (inText === backslash) at++;
      }
    } else if (byte === comma) {
      if (++members > maxMembers) return 'maxMembers';
    } else if (byte === openBrace || byte === openBracket) {
      if (++depth > maxDepth) return 'maxDepth';
      if (++members > maxMembers) return 'maxMembers';
    } else if (byte === closeBrace || byte === closeBracket) depth--;
  }
  return undefined;
}
