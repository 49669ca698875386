import { setTimeout as wait } from 'node:timers/promises';
import type { Docker } from '../engine/docker';
import { CannotTest } from '../errors';

const healthyWithinMs = 90_000;
const lookEveryMs = 100;

/**
 * Waits until a container's own health check passes.
 * @throws CannotTest with the container's output if it ends or does not become healthy
 */
export async function waitHealthy(docker: Docker, container: string): Promise<void> {
  const deadline = Date.now() + healthyWithinMs;
  const format = '{{.State.Status}} {{.State.Health.Status}}';
  for (;;) {
    const state = await docker.run(['inspect', '--format', format, container]);
    if (state === 'running healthy') return;
    if (!state.startsWith('running') || Date.now() > deadline) {
      const { stdout, stderr } = await docker.try(['logs', '--tail', '20', container]);
      throw new CannotTest(`A container is ${state}, not healthy:\n${stdout}\n${stderr}`);
    }
    await wait(lookEveryMs);
  }
}
