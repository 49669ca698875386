import type { ByteReader } from './byte-reader';
import type { ByteWriter } from './byte-writer';

/**
 * A column of texts of which few differ: the distinct ones as a JSON array, then an index each.
 * JSON keeps every string that JavaScript can hold, lone surrogates too, which UTF-8 alone would not.
 */
export function writeTexts(out: ByteWriter, texts: readonly (string | null)[]): void {
  const indices = new Map<string | null, number>();
  let last = texts[0];
  if (last !== undefined) indices.set(last, 0);
  for (const text of texts) {
    // Runs of one text are the rule: they need no look-up.
    if (text === last) continue;
    if (!indices.has(text)) indices.set(text, indices.size);
    last = text;
  }
  const dictionary = Buffer.from(JSON.stringify([...indices.keys()]));
  out.varint(dictionary.length);
  out.bytes(dictionary);
  // A column of one text needs no indices.
  if (indices.size > 1) for (const text of texts) out.varint(indices.get(text) ?? 0);
}

export function readTexts(input: ByteReader, count: number): (string | null)[] {
  const dictionary = JSON.parse(input.bytes(input.varint()).toString()) as (string | null)[];
  const texts = new Array<string | null>(count);
  for (let n = 0; n < count; n++) {
    const text = dictionary[dictionary.length > 1 ? input.varint() : 0];
    if (text === undefined) throw new RangeError('The block names a text that it does not hold.');
    texts[n] = text;
  }
  return texts;
}
