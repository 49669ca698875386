import { OversizeError, type InferenceProvider, type ObjectStore } from '@clarity/domain';
import { judgeFailure } from '../weeks/failure-verdict';
import { readText } from '../weeks/inference-prefix';
import { answerWeek } from '../weeks/week-answer';
import { mostRequestBytes, readWeekRequest } from '../weeks/week-request';
import { earlierStatus, failedOutput, type LineOutput } from './line-output';
import type { ManifestLine } from './manifest';

/** An output takes some kilobytes. */
const mostOutputBytes = 1024 * 1024;

export interface LineContext {
  readonly objects: Pick<ObjectStore, 'get' | 'put'>;
  readonly inference: InferenceProvider;
}

/** `earlier`: an output was there already. `taken`: another document is at the key of the output. */
export type LineEnd =
  | { readonly kind: LineOutput['status']; readonly code?: string }
  | { readonly kind: 'earlier'; readonly status: LineOutput['status'] }
  | { readonly kind: 'taken' };

/**
 * Does a line that may have been done before: its output is written once, by the first.
 * @throws what may work at another attempt
 */
export async function processLine(line: ManifestLine, context: LineContext): Promise<LineEnd> {
  const earlier = await earlierEnd(line, context);
  if (earlier !== undefined) return earlier;
  const output = await outputOf(line, context);
  const put = await context.objects.put(line.output, Buffer.from(JSON.stringify(output)), {
    contentType: 'application/json',
    ifAbsent: true,
  });
  if (put === 'exists') return (await earlierEnd(line, context)) ?? { kind: 'taken' };
  return output.status === 'failed'
    ? { kind: 'failed', code: output.failure.code }
    : { kind: 'completed' };
}

async function earlierEnd(
  { input, output }: ManifestLine,
  { objects }: LineContext,
): Promise<LineEnd | undefined> {
  try {
    const object = await objects.get(output, { mostBytes: mostOutputBytes });
    if (object === undefined) return undefined;
    const status = earlierStatus(object.bytes, input);
    return status === undefined ? { kind: 'taken' } : { kind: 'earlier', status };
  } catch (error) {
    if (error instanceof OversizeError) return { kind: 'taken' };
    throw error;
  }
}

async function outputOf(
  { input, refusal }: ManifestLine,
  { objects, inference }: LineContext,
): Promise<LineOutput> {
  if (refusal !== undefined) return failedOutput(input, { code: 'invalid-input', detail: refusal });
  try {
    const text = await readText(objects, input, mostRequestBytes);
    if (text === undefined)
      return failedOutput(input, { code: 'input-missing', detail: 'There is no such input.' });
    const request = readWeekRequest(text, inference.manifest.name);
    const result = await answerWeek(request, inference);
    return { schema: 1, status: 'completed', input, result };
  } catch (error) {
    const failure = judgeFailure(error);
    if (failure === undefined) throw error;
    return failedOutput(input, failure);
  }
}
