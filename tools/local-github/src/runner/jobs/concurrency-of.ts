import { NotSupported } from '../not-supported';
import { resolve, toText } from '../workflow/evaluate';
import { isObject, placeOf, type JsonObject, type NodeObject } from '../workflow/node';
import type { Concurrency } from './concurrency';

/**
 * `concurrency` of a workflow or a job.
 * @throws NotSupported for a queue whose runs cancel each other, which GitHub refuses as well
 */
export function concurrencyOf(node: NodeObject, contexts: JsonObject): Concurrency | undefined {
  const { concurrency } = node;
  if (concurrency === undefined) return undefined;
  const setting = isObject(concurrency) ? concurrency : { group: concurrency };
  const of = (key: string) => resolve(setting[key] ?? null, { contexts });
  const cancelInProgress = of('cancel-in-progress') === true;
  const queue = of('queue') === 'max' ? 'max' : 'single';
  if (queue === 'max' && cancelInProgress)
    throw new NotSupported('"queue: max" with cancel-in-progress', placeOf(setting, 'queue'));
  return { group: toText(of('group')), cancelInProgress, queue };
}
