import type { ByteReader } from './byte-reader';
import type { ByteWriter } from './byte-writer';
import { readTexts, writeTexts } from './text-column';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const asBytes = 0;
const asTexts = 1;

/** Ids as 16 bytes each. Random UUIDs do not compress, so this column is most of a block. */
export function writeIds(out: ByteWriter, ids: readonly string[]): void {
  const allUuids = ids.every((id) => uuid.test(id));
  out.byte(allUuids ? asBytes : asTexts);
  if (!allUuids) return writeTexts(out, ids);
  out.bytes(Buffer.from(ids.join('').replaceAll('-', ''), 'hex'));
}

export function readIds(input: ByteReader, count: number): string[] {
  if (input.byte() === asTexts) return readTexts(input, count).map(String);
  const hex = input.bytes(16 * count).toString('hex');
  return Array.from({ length: count }, (_, n) => {
    const digits = (from: number, to: number) => hex.slice(32 * n + from, 32 * n + to);
    const tail = `${digits(12, 16)}-${digits(16, 20)}-${digits(20, 32)}`;
    return `${digits(0, 8)}-${digits(8, 12)}-${tail}`;
  });
}
