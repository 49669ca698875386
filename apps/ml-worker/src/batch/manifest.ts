import type { ValidationError } from '@clarity/schema';
import { jsonParser } from '@clarity/schema';
import Type from 'typebox';
import { problemOfKey } from '../weeks/inference-prefix';

/** A week to answer: where it is, and where its answer goes. */
export interface ManifestLine {
  /** In the file, from 1. */
  readonly line: number;
  readonly input: string;
  readonly output: string;
  /** Why the input cannot be read; the output says so. */
  readonly refusal?: string;
}
/** A line without a place for its answer: only the log can report it. */
export interface UnusableLine {
  readonly line: number;
  readonly unusable: string;
}
export interface Manifest {
  /** How many jobs share it, if its head gives that. */
  readonly shards?: number;
  readonly lines: readonly (ManifestLine | UnusableLine)[];
}

const closed = { additionalProperties: false };
const parseHead = jsonParser(
  'head',
  Type.Object(
    { schema: Type.Literal(1), shards: Type.Integer({ minimum: 1, maximum: 10_000 }) },
    closed,
  ),
);
const parseLine = jsonParser(
  'line',
  Type.Object({ input: Type.String(), output: Type.String() }, closed),
);

/**
 * Reads a manifest: JSON Lines of `{"input": key, "output": key}`, which a head
 * `{"schema": 1, "shards": n}` may precede. Blank lines do not count. Never throws: what is wrong with a
 * line is in its place.
 */
export function parseManifest(text: string): Manifest {
  const written = text
    .split('\n')
    .map((content, index) => ({ line: index + 1, content: content.trim() }))
    .filter(({ content }) => content !== '');
  const shards = shardsOfHead(written[0]?.content ?? '');
  const outputs = new Map<string, number>();
  const lines = written
    .slice(shards === undefined ? 0 : 1)
    .map(({ line, content }) => readLine(line, content, outputs));
  return { lines, ...(shards === undefined ? {} : { shards }) };
}

function shardsOfHead(content: string): number | undefined {
  try {
    return parseHead(content).shards;
  } catch {
    return undefined;
  }
}

function readLine(
  line: number,
  content: string,
  outputs: Map<string, number>,
): ManifestLine | UnusableLine {
  let keys: { input: string; output: string };
  try {
    keys = parseLine(content);
  } catch (error) {
    return { line, unusable: (error as ValidationError).message };
  }
  const { input, output } = keys;
  const wrong = problemOfKey(output);
  if (wrong !== undefined) return { line, unusable: `The output ${wrong}.` };
  if (output === input) return { line, unusable: 'The output is the input.' };
  const earlier = outputs.get(output);
  if (earlier !== undefined) return { line, unusable: `Line ${earlier} has the same output.` };
  outputs.set(output, line);
  const refusal = problemOfKey(input);
  return { line, input, output, ...(refusal && { refusal: `The input ${refusal}.` }) };
}

/** What AWS Batch reports about a job; both undefined outside an array. */
export interface ArrayPlace {
  readonly arrayIndex: number | undefined;
  readonly arraySize: number | undefined;
}

/**
 * The lines of one job: every n-th of them, so that neighbours, which tend to be alike, are spread.
 * @throws Error if the array and the manifest contradict each other, or neither says how many jobs
 *   there are
 */
export function linesOfShard({ lines, shards }: Manifest, place: ArrayPlace): Manifest['lines'] {
  const { arrayIndex, arraySize } = place;
  if (arrayIndex === undefined) return lines;
  if (arraySize !== undefined && shards !== undefined && arraySize !== shards)
    throw new Error(`The manifest is for ${shards} jobs and the array has ${arraySize}.`);
  const count = arraySize ?? shards;
  if (count === undefined)
    throw new Error(
      'Neither AWS_BATCH_JOB_ARRAY_SIZE nor the manifest says how many jobs share it.',
    );
  if (arrayIndex >= count) throw new Error(`There is no job ${arrayIndex} (from 0) of ${count}.`);
  return lines.filter((_, position) => position % count === arrayIndex);
}
