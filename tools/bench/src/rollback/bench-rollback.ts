import { onEmbeddedAws } from '../on-embedded-aws';
import { median, type Delay } from '../side-by-side';

/** From the start of `pipeline rollback`, a Node process, to its call of UpdateService. */
export async function benchRollback(root: string): Promise<Delay> {
  const seconds = median(await onEmbeddedAws<number[]>(root, 'bench/rollback-delay.js'));
  return { name: 'rollback', what: 'to UpdateService', seconds, atMost: 3 };
}
