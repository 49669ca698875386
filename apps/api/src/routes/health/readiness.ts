import {
  parseAnalysisId,
  parseUserId,
  type CallOptions,
  type CloudProvider,
} from '@clarity/domain';
import type { Clock } from '../../dependencies';

export type Checks = Readonly<Record<'table' | 'objects' | 'auth', 'ok' | 'failed' | 'timed-out'>>;

const timeOutMs = 2_000;
/** Balancer and container health checks come in bursts; the dependencies are spared them. */
const keptMs = 1_000;

/** Tries each dependency; answers within the timeout, with real calls at most once a second. */
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
    attempt((options) => readNothing(cloud, options)),
    attempt((options) => cloud.objects.ping(options)),
    attempt((options) => cloud.auth.ping(options)),
  ]);
  return { table, objects, auth };
}

/** One key that cannot exist: the cheapest read there is. */
async function readNothing({ healthData }: CloudProvider, options: CallOptions): Promise<void> {
  const userId = parseUserId('readiness');
  const id = parseAnalysisId('0'.repeat(26));
  if (userId !== undefined && id !== undefined) await healthData.findAnalysis(userId, id, options);
}

async function attempt(
  work: (options: CallOptions) => Promise<unknown>,
): Promise<Checks[keyof Checks]> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const timeOut = new Promise<'timed-out'>((resolve) => {
    timer = setTimeout(() => {
      resolve('timed-out');
      controller.abort();
    }, timeOutMs);
  });
  try {
    return await Promise.race([work(controller).then(() => 'ok' as const), timeOut]);
  } catch {
    return 'failed';
  } finally {
    clearTimeout(timer);
  }
}
