import { parseAnalysisId, parseUserId, type CloudProvider } from '@clarity/domain';
import type { Clock } from '../../dependencies';

export type Checks = Readonly<Record<'table' | 'objects' | 'auth', 'ok' | 'failed' | 'timed-out'>>;

const timeOutMs = 2_000;
/** Balancer and container health checks come in bursts; the dependencies need not notice. */
const keptMs = 1_000;

/** Tries each dependency; answers within the time-out, and at most once a second for real. */
export function readiness(cloud: CloudProvider, clock: Clock): () => Promise<Checks> {
  let kept: { readonly at: number; readonly checks: Promise<Checks> } | undefined;
  return () => {
    const now = clock();
    if (kept === undefined || now - kept.at >= keptMs) kept = { at: now, checks: tryEach(cloud) };
    return kept.checks;
  };
}

async function tryEach(cloud: CloudProvider): Promise<Checks> {
  const [table, objects, auth] = await Promise.all([
    attempt(() => readNothing(cloud)),
    attempt(() => cloud.objects.ping()),
    attempt(() => cloud.auth.ping()),
  ]);
  return { table, objects, auth };
}

/** One key that cannot exist: the cheapest read there is. */
async function readNothing({ healthData }: CloudProvider): Promise<void> {
  const userId = parseUserId('readiness');
  const id = parseAnalysisId('0'.repeat(26));
  if (userId !== undefined && id !== undefined) await healthData.findAnalysis(userId, id);
}

async function attempt(work: () => Promise<unknown>): Promise<Checks[keyof Checks]> {
  let timer: NodeJS.Timeout | undefined;
  const timeOut = new Promise<'timed-out'>((resolve) => {
    timer = setTimeout(resolve, timeOutMs, 'timed-out');
  });
  try {
    return await Promise.race([work().then(() => 'ok' as const), timeOut]);
  } catch {
    return 'failed';
  } finally {
    clearTimeout(timer);
  }
}
