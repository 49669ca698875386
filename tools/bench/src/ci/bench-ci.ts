import { onEmbeddedAws } from '../on-embedded-aws';
import { median, type Delay } from '../side-by-side';

/** What ci.yml costs by itself: checkouts, caches, credentials, artifacts; nothing that it is for. */
export async function benchCi(root: string): Promise<Delay> {
  const seconds = median(await onEmbeddedAws<number[]>(root, 'bench/ci-rounds.js'));
  return { name: 'ci', what: 'of ci.yml around what it runs', seconds, atMost: 30 };
}
