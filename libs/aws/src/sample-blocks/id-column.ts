import type { ByteReader } from './byte-reader';

const uuidBytes = 16;
const uuidLength = 36;
const dash = 0x2d;
/** Value of each lower-case hexadecimal digit by its ASCII code; -1 for everything else. */
const nibbles = new Int8Array(128).fill(-1);
for (const [value, digit] of [...'0123456789abcdef'].entries())
  nibbles[digit.charCodeAt(0)] = value;

/**
 * Ids as 16 bytes each. Random UUIDs do not compress, so this column is most of a block.
 * @returns undefined if one of them is not a UUID in lower case
 */
export function packUuids(ids: readonly string[]): Uint8Array | undefined {
  const packed = Buffer.allocUnsafe(uuidBytes * ids.length);
  for (let n = 0; n < ids.length; n++)
    if (!packUuid(ids[n]!, packed, n * uuidBytes)) return undefined;
  return packed;
}

function packUuid(id: string, packed: Uint8Array, to: number): boolean {
  if (id.length !== uuidLength) return false;
  let at = to;
  for (let n = 0; n < uuidLength; n++) {
    const code = id.charCodeAt(n);
    if (n === 8 || n === 13 || n === 18 || n === 23) {
      if (code !== dash) return false;
      continue;
    }
    const high = nibbles[code] ?? -1;
    const low = nibbles[id.charCodeAt(++n)] ?? -1;
    if (high < 0 || low < 0) return false;
    packed[at++] = high * 16 + low;
  }
  return true;
}

export function readUuids(input: ByteReader, count: number): string[] {
  const hex = input.bytes(uuidBytes * count).toString('hex');
  const ids = new Array<string>(count);
  for (let n = 0, at = 0; n < count; n++, at += 32)
    ids[n] =
      `${hex.slice(at, at + 8)}-${hex.slice(at + 8, at + 12)}-${hex.slice(at + 12, at + 16)}-${hex.slice(at + 16, at + 20)}-${hex.slice(at + 20, at + 32)}`;
  return ids;
}
