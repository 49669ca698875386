/** An append-only buffer that grows. */
export interface ByteWriter {
  byte(value: number): void;
  bytes(value: Uint8Array): void;
  /** @param value a whole number from 0 to 2^53 - 1, seven bits a byte, low bits first (LEB128) */
  varint(value: number): void;
  /** An integer within 2^52, zigzag: magnitude times two less the sign, so that small ones stay short. */
  signed(value: number): void;
  float64(value: number): void;
  finish(): Uint8Array;
}

export function byteWriter(): ByteWriter {
  let buffer = Buffer.allocUnsafe(4096);
  let length = 0;
  const reserve = (size: number): void => {
    if (length + size <= buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(buffer.length * 2, length + size));
    buffer.copy(larger, 0, 0, length);
    buffer = larger;
  };
  const byte = (value: number): void => {
    reserve(1);
    buffer[length++] = value;
  };
  const varint = (value: number): void => {
    // Past 32 bits the bit operators would cut the number off, hence the division.
    for (; value >= 0x80; value = Math.floor(value / 0x80)) byte((value % 0x80) | 0x80);
    byte(value);
  };
  return {
    byte,
    varint,
    signed(value) {
      // Twice a larger magnitude is not exact any more.
      if (Math.abs(value) >= 2 ** 52) throw new RangeError('Packed integers lie within 2^52.');
      varint(value < 0 ? -2 * value - 1 : 2 * value);
    },
    bytes(value) {
      reserve(value.length);
      buffer.set(value, length);
      length += value.length;
    },
    float64(value) {
      reserve(8);
      length = buffer.writeDoubleLE(value, length);
    },
    finish: () => buffer.subarray(0, length),
  };
}
