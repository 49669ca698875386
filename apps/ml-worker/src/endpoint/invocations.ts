import type { InferenceProvider, ObjectStore } from '@clarity/domain';
import type { Logger } from '@clarity/telemetry';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { answerWeek } from '../weeks/week-answer';
import { invokedWeek } from './invoked-week';
import { answerProblem, problem, problemOf } from './problem';

export interface Invocations {
  /** undefined unless invocations are taken: the model is not ready yet, or the container stops. */
  readonly inference: () => InferenceProvider | undefined;
  readonly objects: Pick<ObjectStore, 'bucket' | 'get'>;
  /** Invocations at a time; more are answered 503. */
  readonly most: number;
  readonly log: Logger;
}

/** SageMaker's contract with a container: `GET /ping` and `POST /invocations`. */
export function invocationListener(invocations: Invocations): RequestListener {
  let inHand = 0;
  return (request, response) => {
    const [path = ''] = (request.url ?? '').split('?', 1);
    const allowed = methodOf[path];
    if (allowed === undefined)
      return void answerProblem(response, problem('not-found', 'There is no such resource.'));
    if (request.method !== allowed) {
      response.setHeader('allow', allowed);
      const detail = `${path} takes ${allowed}.`;
      return void answerProblem(response, problem('method-not-allowed', detail));
    }
    const inference = invocations.inference();
    if (path === '/ping') return void response.writeHead(inference === undefined ? 503 : 200).end();
    if (inference === undefined || inHand >= invocations.most) {
      request.resume();
      const detail = inference === undefined ? 'Not ready.' : 'Too many invocations are in flight.';
      return void answerProblem(response, problem('unavailable', detail));
    }
    inHand++;
    void answerInvocation(request, response, invocations, inference).finally(() => inHand--);
  };
}

const methodOf: Readonly<Record<string, string>> = { '/ping': 'GET', '/invocations': 'POST' };

/** Never rejects. Logs hold neither counts nor answers. */
async function answerInvocation(
  request: IncomingMessage,
  response: ServerResponse,
  { objects, log }: Invocations,
  inference: InferenceProvider,
): Promise<void> {
  const startedAt = performance.now();
  const ms = () => Math.round(performance.now() - startedAt);
  try {
    const week = await invokedWeek(request, objects, inference.manifest.name);
    const answer = JSON.stringify(await answerWeek(week, inference));
    response
      .writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' })
      .end(answer);
    log.info({ status: 200, ms: ms() }, 'invocation answered');
  } catch (error) {
    if (response.destroyed) return log.info({ ms: ms() }, 'caller went away');
    const status = answerProblem(response, problemOf(error));
    if (status >= 500) log.error({ status, err: error, ms: ms() }, 'invocation failed');
    else log.warn({ status, reason: (error as Error).message, ms: ms() }, 'invocation refused');
  }
}
