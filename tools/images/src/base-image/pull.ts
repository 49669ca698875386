import type { Docker } from '../engine/docker';
import type { ImageSource } from './node-image';

/** A registry that is not in reach may take long to say so. */
const pullLimitMs = 90_000;

/** Has an image, or pulls it; undefined where neither is to be. */
export async function pullOrNot(docker: Docker, image: string): Promise<ImageSource | undefined> {
  if ((await docker.try(['image', 'inspect', image])).code === 0) return 'there';
  const pulled = await docker.try(['pull', '--quiet', image], { timeoutMs: pullLimitMs });
  return pulled.code === 0 ? 'pulled' : undefined;
}
