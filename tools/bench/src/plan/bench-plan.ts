import { onEmbeddedAws } from '../on-embedded-aws';
import type { Comparison } from '../side-by-side';

/** All stacks of an environment planned: by the pipeline, and by Terraform one after the other. */
export async function benchPlan(root: string): Promise<Comparison> {
  return onEmbeddedAws<Comparison>(root, 'bench/plan-rounds.js', { shown: true });
}
