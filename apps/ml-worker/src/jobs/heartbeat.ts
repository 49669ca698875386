import type { JobQueue } from '@clarity/domain';

/**
 * Keeps a job hidden while it is worked on: extends its visibility at every third of it, so that two
 * lost calls in a row still do no harm.
 * @param failed called when an extension fails; the work goes on, because redelivery is safe
 * @returns stops it, and resolves when no extension is under way that could undo what comes next
 */
export function keepHidden(
  queue: Pick<JobQueue, 'extend'>,
  receipt: string,
  visibilitySeconds: number,
  failed: (error: unknown) => void,
): () => Promise<void> {
  const underWay = new Set<Promise<void>>();
  const extend = () => {
    const call = queue
      .extend(receipt, visibilitySeconds)
      .catch(failed)
      .finally(() => underWay.delete(call));
    underWay.add(call);
  };
  const timer = setInterval(extend, (visibilitySeconds * 1000) / 3);
  return async () => {
    clearInterval(timer);
    await Promise.all(underWay);
  };
}
