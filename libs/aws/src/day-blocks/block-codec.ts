import { isSampleType, type Sample, type SampleType } from '@clarity/domain';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { byteReader } from './byte-reader';
import { byteWriter } from './byte-writer';
import { readIds, writeIds } from './id-column';
import { readTexts, writeTexts } from './text-column';
import { readTimes, writeTimes } from './time-column';
import { readValues, writeValues } from './value-column';

const version = 1;
/** A block of `maxSamplesPerBlock` samples with names of full length stays below this. */
const maxUnpackedBytes = 64 * 1024 * 1024;

/** Faster than deflate here, and smaller; what is left are random ids, so more effort gains nothing. */
const brotliQuality = 5;

/**
 * Packs samples of one type: column by column, so that like lies beside like, then Brotli.
 * Everything comes back to the letter, in the same order.
 *
 * Measured, a day of 1,440 activity minutes with random UUIDs: 24.9 KB, of which 23.0 KB are ids
 * (17.3 bytes a sample); columnar JSON with Brotli 33.9 KB, JSON rows deflated 45.2 KB, JSON rows
 * 294 KB.
 * @throws DomainError `invalid-input` for a time that is not RFC 3339
 */
export function encodeBlock(samples: readonly Sample[]): Uint8Array {
  const type = samples[0]?.type;
  if (!type || samples.some((sample) => sample.type !== type))
    throw new TypeError('A block holds samples of one type.');
  const column = <T>(of: (sample: Sample) => T): T[] => samples.map(of);
  const out = byteWriter();
  writeTexts(out, [type]);
  out.varint(samples.length);
  writeIds(
    out,
    column(({ id }) => id),
  );
  const starts = writeTimes(
    out,
    column(({ start }) => start),
    before,
  );
  writeTimes(
    out,
    column(({ end }) => end),
    (n) => starts[n] ?? 0,
  );
  writeValues(
    out,
    type,
    column(({ value }) => value),
  );
  writeTexts(
    out,
    column(({ unit }) => unit),
  );
  writeTexts(
    out,
    column(({ source }) => source),
  );
  writeTexts(
    out,
    column(({ device }) => device ?? null),
  );
  return Buffer.concat([Uint8Array.of(version), compress(out.finish())]);
}

/** @throws Error for bytes that `encodeBlock` did not make */
export function decodeBlock(block: Uint8Array): Sample[] {
  if (block[0] !== version) throw new RangeError(`A block of format ${block[0]} is not known.`);
  const unpacked = brotliDecompressSync(block.subarray(1), { maxOutputLength: maxUnpackedBytes });
  const input = byteReader(unpacked);
  const type = knownType(readTexts(input, 1)[0]);
  const count = input.varint();
  if (count > unpacked.length) throw new RangeError('The block counts more samples than bytes.');
  const ids = readIds(input, count);
  const starts = readTimes(input, count, before);
  const ends = readTimes(input, count, (n) => starts.wallSeconds[n] ?? 0);
  const values = readValues(input, type, count);
  const [units, sources, devices] = [1, 2, 3].map(() => readTexts(input, count));
  if (!input.atEnd()) throw new RangeError('The block holds more than its columns.');
  return ids.map((id, n) => {
    const device = devices?.[n];
    return {
      id,
      type,
      start: starts.texts[n] ?? '',
      end: ends.texts[n] ?? '',
      value: values[n] ?? NaN,
      unit: units?.[n] ?? '',
      source: sources?.[n] ?? '',
      ...(typeof device === 'string' && { device }),
    };
  });
}

function compress(bytes: Uint8Array): Uint8Array {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: brotliQuality,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  return brotliCompressSync(bytes, { params });
}

function before(index: number, wallSeconds: readonly number[]): number {
  return wallSeconds[index - 1] ?? 0;
}

function knownType(text: string | null | undefined): SampleType {
  if (typeof text !== 'string' || !isSampleType(text))
    throw new RangeError('The block holds a type that is not known.');
  return text;
}
