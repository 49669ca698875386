import type { JobQueue } from '@clarity/domain';

/**
 * Keeps a job hidden while it is worked on: extends its visibility at every third of it, so that two
 * lost calls in a row still do no harm.
 * @param failed called when an extension fails; the work goes on, because redelivery is safe
 * @returns stops it
 */
export function keepHidden(
  queue: JobQueue,
  receipt: string,
  visibilitySeconds: number,
  failed: (error: unknown) => void,
): () => void {
  const timer = setInterval(
    () => void queue.extend(receipt, visibilitySeconds).catch(failed),
    (visibilitySeconds * 1000) / 3,
  );
  return () => clearInterval(timer);
}
