import type { Docker } from '../engine/docker';

/** Where an image came from, for the report. */
export type ImageSource = 'there' | 'pulled' | 'made here';

/** A registry that is out of reach may take long to fail. */
const pullLimitMs = 90_000;

/** Has an image, or pulls it; undefined if neither is possible. */
export async function pullOrNot(docker: Docker, image: string): Promise<ImageSource | undefined> {
  if ((await docker.try(['image', 'inspect', image])).exitCode === 0) return 'there';
  const pulled = await docker.try(['pull', '--quiet', image], { timeoutMs: pullLimitMs });
  return pulled.exitCode === 0 ? 'pulled' : undefined;
}
