/** Reads what a ByteWriter wrote, in the same order. */
export interface ByteReader {
  byte(): number;
  bytes(length: number): Buffer;
  varint(): number;
  signed(): number;
  float64(): number;
  /** All that has not been read. */
  rest(): Buffer;
  atEnd(): boolean;
}

/** @throws RangeError past the end, so that a truncated block is an error and never short data */
export function byteReader(source: Uint8Array): ByteReader {
  const buffer = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  let position = 0;
  const take = (length: number): number => {
    if (position + length > buffer.length) throw new RangeError('The block ends too early.');
    const from = position;
    position += length;
    return from;
  };
  const byte = (): number => buffer.readUInt8(take(1));
  const varint = (): number => {
    let value = 0;
    for (let factor = 1; factor <= 2 ** 49; factor *= 0x80) {
      const next = byte();
      value += (next & 0x7f) * factor;
      if (next < 0x80) return value;
    }
    throw new RangeError('A packed integer of the block has no end.');
  };
  return {
    byte,
    varint,
    bytes(length) {
      const from = take(length);
      return buffer.subarray(from, from + length);
    },
    signed() {
      const value = varint();
      return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    },
    float64: () => buffer.readDoubleLE(take(8)),
    rest: () => buffer.subarray(position),
    atEnd: () => position === buffer.length,
  };
}
