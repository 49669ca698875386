import {
  isSampleType,
  type Sample,
  type SampleType,
  type SampleValue,
  type TimedSample,
} from '@clarity/domain';
import { promisify } from 'node:util';
import {
  brotliCompress,
  brotliCompressSync,
  brotliDecompress,
  brotliDecompressSync,
  constants,
} from 'node:zlib';
import { byteReader, type ByteReader } from './byte-reader';
import { byteWriter } from './byte-writer';
import { packUuids, readUuids } from './id-column';
import { readTexts, writeTexts } from './text-column';
import { readTimes, writeTimes } from './time-column';
import { readValues, writeValues } from './value-column';

/** Ids before the compressed columns; earlier formats are read, never written. */
const format = 2;
/** One stream, the ids within it. */
const formatOfDayBlocks = 1;
/** A block stays far below this, names of full length included. */
const maxUnpackedBytes = 64 * 1024 * 1024;
/** Up to here (bytes) a detour through the thread pool costs more than compressing in place. */
const smallBytes = 4 * 1024;
const brotliQuality = 5;

const compressed = promisify(brotliCompress);
const decompressed = promisify(brotliDecompress);

const idsAsUuids = 0;
const idsAsTexts = 1;

/**
 * Packs samples of one type column by column, so that like lies next to like, then Brotli in the
 * thread pool. Everything comes back to the letter, in the same order. Random ids do not compress, so
 * they stand outside the compressed part.
 *
 * Measured, a day of 1,440 activity minutes with random UUIDs: 23.7 KB, of which 23.0 KB are ids
 * (16.5 bytes a sample); JSON rows 294 KB.
 * @param samples at least one, all of one type
 */
export async function encodeBlock(samples: readonly TimedSample[]): Promise<Uint8Array> {
  const count = samples.length;
  const type = samples[0]?.sample.type;
  const ids = new Array<string>(count);
  const starts = new Array<string>(count);
  const startInstants = new Array<number>(count);
  const ends = new Array<string>(count);
  const endInstants = new Array<number>(count);
  const values = new Array<SampleValue>(count);
  const units = new Array<string>(count);
  const sources = new Array<string>(count);
  const devices = new Array<string | null>(count);
  for (let n = 0; n < count; n++) {
    const { sample, start, end } = samples[n]!;
    if (sample.type !== type) throw new TypeError('A block holds samples of one type.');
    ids[n] = sample.id;
    starts[n] = sample.start;
    startInstants[n] = start;
    ends[n] = sample.end;
    endInstants[n] = end;
    values[n] = sample.value;
    units[n] = sample.unit;
    sources[n] = sample.source;
    devices[n] = sample.device ?? null;
  }
  if (!type) throw new TypeError('A block holds at least one sample.');

  const uuids = packUuids(ids);
  const head = byteWriter();
  head.byte(format);
  head.byte(uuids ? idsAsUuids : idsAsTexts);
  head.varint(count);
  if (uuids) head.bytes(uuids);
  const columns = byteWriter();
  if (!uuids) writeTexts(columns, ids);
  writeTexts(columns, [type]);
  const wallSeconds = writeTimes(columns, starts, startInstants);
  writeTimes(columns, ends, endInstants, wallSeconds);
  writeValues(columns, type, values);
  writeTexts(columns, units);
  writeTexts(columns, sources);
  writeTexts(columns, devices);
  return Buffer.concat([head.finish(), await compress(columns.finish())]);
}

/** @throws RangeError or another Error for bytes that `encodeBlock` did not make */
export async function decodeBlock(block: Uint8Array): Promise<TimedSample[]> {
  switch (block[0]) {
    case format: {
      const head = byteReader(block.subarray(1));
      const idsAs = head.byte();
      const count = head.varint();
      const uuids = idsAs === idsAsUuids ? readUuids(head, count) : undefined;
      const input = byteReader(await decompress(head.rest()));
      const ids = uuids ?? readIdTexts(input, count);
      return readColumns(input, knownType(readTexts(input, 1)[0]), ids);
    }
    case formatOfDayBlocks: {
      const input = byteReader(await decompress(block.subarray(1)));
      const type = knownType(readTexts(input, 1)[0]);
      const count = input.varint();
      const ids = input.byte() === idsAsUuids ? readUuids(input, count) : readIdTexts(input, count);
      return readColumns(input, type, ids);
    }
    default:
      throw new RangeError(`Blocks of format ${block[0]} are not supported.`);
  }
}

function readIdTexts(input: ByteReader, count: number): string[] {
  if (count > input.rest().length)
    throw new RangeError('The block counts more samples than bytes.');
  return readTexts(input, count).map(String);
}

function readColumns(input: ByteReader, type: SampleType, ids: readonly string[]): TimedSample[] {
  const count = ids.length;
  const starts = readTimes(input, count);
  const ends = readTimes(input, count, starts.wallSeconds);
  const values = readValues(input, type, count);
  const units = readTexts(input, count);
  const sources = readTexts(input, count);
  const devices = readTexts(input, count);
  if (!input.atEnd()) throw new RangeError('The block holds more than its columns.');
  const samples = new Array<TimedSample>(count);
  for (let n = 0; n < count; n++) {
    const device = devices[n];
    const sample: Sample = {
      id: ids[n]!,
      type,
      start: starts.texts[n]!,
      end: ends.texts[n]!,
      value: values[n]!,
      unit: units[n] ?? '',
      source: sources[n] ?? '',
      ...(typeof device === 'string' && { device }),
    };
    samples[n] = { sample, start: starts.instants[n]!, end: ends.instants[n]! };
  }
  return samples;
}

async function compress(bytes: Uint8Array): Promise<Uint8Array> {
  const options = {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: brotliQuality,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  };
  return bytes.length <= smallBytes
    ? brotliCompressSync(bytes, options)
    : compressed(bytes, options);
}

async function decompress(bytes: Uint8Array): Promise<Uint8Array> {
  const options = { maxOutputLength: maxUnpackedBytes };
  return bytes.length <= smallBytes
    ? brotliDecompressSync(bytes, options)
    : decompressed(bytes, options);
}

function knownType(text: string | null | undefined): SampleType {
  if (typeof text !== 'string' || !isSampleType(text))
    throw new RangeError('The block holds a type that is not known.');
  return text;
}
