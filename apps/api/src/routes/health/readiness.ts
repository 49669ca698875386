import {
  parseAnalysisId,
  parseUserId,
  type CallOptions,
  type CloudProvider,
} from '@clarity/domain';
import type { Clock } from '../../dependencies';

export type Checks = Readonly<Record<'table' | 'objects' | 'auth', 'ok' | 'failed' | 'timed-out'>>;

const timeOutMs = 2_000;
/** Balancers and strangers ask in bursts; the dependencies are spared them. */
const keptMs = { atStart: 1_000, later: 10_000 };

export interface Readiness {
  readonly ready: boolean;
  readonly checks: Checks;
}

/**
 * Tries each dependency; answers within the timeout, and spares the dependencies most of the calls.
 *
 * A process is ready once all of them have answered: a release without a key or a permission never gets a request. From
 * then on it stays ready, and what fails is only reported: a fault of a dependency is the same for all tasks, so that
 * taking them out of service would turn a part of the requests that fail into all of them.
 */
export function readiness(cloud: CloudProvider, clock: Clock): () => Promise<Readiness> {
  let ready = false;
  let kept: { readonly at: number; readonly checks: Promise<Checks> } | undefined;
  return async () => {
    const now = clock();
    const longest = ready ? keptMs.later : keptMs.atStart;
    if (kept === undefined || now - kept.at >= longest) kept = { at: now, checks: tryEach(cloud) };
    const checks = await kept.checks;
    ready ||= Object.values(checks).every((state) => state === 'ok');
    return { ready, checks };
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
