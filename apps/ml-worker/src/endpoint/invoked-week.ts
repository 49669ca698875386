import type { IncomingMessage } from 'node:http';
import { type ObjectStore } from '@clarity/domain';
import { parser, sha256Of, sha256Schema, ValidationError } from '@clarity/schema';
import Type from 'typebox';
import { problemOfKey, readText } from '../weeks/inference-prefix';
import { ownTurn } from '../weeks/own-turn';
import {
  mostRequestBytes,
  readCountedWeek,
  readWeekRequest,
  type WeekRequest,
} from '../weeks/week-request';
import { binaryCounts } from './binary-counts';
import { bodyFormat } from './body-format';
import { inflate } from './inflate';
import { readBody } from './read-body';

/** Instead of a week: the object in the data bucket that holds it. */
const weekReferenceSchema = Type.Object(
  {
    schema: Type.Literal(1),
    input: Type.Object(
      {
        bucket: Type.Optional(Type.String({ minLength: 1 })),
        key: Type.String({ minLength: 1 }),
        sha256: Type.Optional(sha256Schema),
      },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
);

const parseReference = parser('reference', weekReferenceSchema);
/** 10,080 minutes take more than this even as zeros. */
const longestReference = 8_192;

/**
 * The week of an invocation: its body, or what its body refers to.
 * @throws ValidationError, `unavailable`; OversizeError; UnsupportedBody
 */
export async function invokedWeek(
  request: IncomingMessage,
  objects: Pick<ObjectStore, 'bucket' | 'get'>,
  served: string,
): Promise<WeekRequest> {
  const { content, gzip } = bodyFormat(request.headers);
  const sent = await readBody(request, mostRequestBytes);
  const body = gzip ? await inflate(sent, mostRequestBytes) : sent;
  await ownTurn();
  if (content === 'json') return writtenWeek(body.toString('utf8'), objects, served);
  const attributes = request.headers['x-amzn-sagemaker-custom-attributes'];
  return readCountedWeek(String(attributes ?? ''), binaryCounts(body), served);
}

async function writtenWeek(
  body: string,
  objects: Pick<ObjectStore, 'bucket' | 'get'>,
  served: string,
): Promise<WeekRequest> {
  const reference = referenceIn(body);
  if (reference === undefined) return readWeekRequest(body, served);
  const { bucket, key, sha256 } = parseReference(reference).input;
  if (bucket !== undefined && bucket !== objects.bucket)
    throw refused('/input/bucket', 'has to be the data bucket');
  const wrong = problemOfKey(key);
  if (wrong !== undefined) throw refused('/input/key', wrong);
  const text = await readText(objects, key, mostRequestBytes);
  if (text === undefined) throw refused('/input/key', 'names no object');
  if (sha256 !== undefined && sha256Of(text) !== sha256)
    throw refused('/input/sha256', 'is not the hash of the object');
  return readWeekRequest(text, served);
}

function refused(pointer: string, detail: string): ValidationError {
  return new ValidationError('The object cannot be read.', [{ pointer, detail }]);
}

function referenceIn(body: string): object | undefined {
  if (body.length > longestReference) return undefined;
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && 'input' in value ? value : undefined;
  } catch {
    return undefined;
  }
}
