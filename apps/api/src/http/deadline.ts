import type { CallOptions } from '@clarity/domain';
import type { FastifyRequest, RouteHandlerMethod } from 'fastify';
import fp from 'fastify-plugin';
import { Problem } from '../problems/problem';

/** Milliseconds for work that has to be finished although its request was given up. */
const cleanUpMs = 5_000;

/** What to pass to every port call that a request makes: it is given up when the request is. */
export function callOptionsOf(request: FastifyRequest): CallOptions {
  return { signal: deadlineOf(request).signal };
}

/** What to pass to a port call that must not be cut off with its request, such as a clean-up. */
export function cleanUpOptions(): CallOptions {
  return { signal: AbortSignal.timeout(cleanUpMs) };
}

export interface Deadline {
  /** Aborts at the deadline, or when the client goes away; its reason is the Problem to answer with. */
  readonly signal: AbortSignal;
  /** Stops the clock, while the body arrives or once the answer is on its way. */
  pause(): void;
  /** Starts the clock from the beginning. */
  restart(): void;
}

/** @throws Error for a request that no route was found for: it has no deadline */
export function deadlineOf(request: FastifyRequest): Deadline {
  if (request.deadline === null) throw new Error('a request without a deadline asked for it');
  return request.deadline;
}

/**
 * Gives every request `milliseconds` from its arrival, or from the end of its body if one is
 * read. A request that takes longer is answered 503, whether or not its port calls heed the signal.
 */
export const limitDuration = fp<{ milliseconds: number }>(
  async (app, { milliseconds }) => {
    app.decorateRequest('deadline', null);

    app.addHook('onRequest', async (request, reply) => {
      const controller = new AbortController();
      let timer: NodeJS.Timeout | undefined;
      const expire = () => {
        controller.abort(tooSlow());
        // A route's handler answers by itself (see below); a hook before it may hang.
        setImmediate(() => {
          if (!request.isHandled) reply.send(tooSlow());
        });
      };
      const deadline: Deadline = {
        signal: controller.signal,
        pause: () => clearTimeout(timer),
        restart() {
          clearTimeout(timer);
          timer = setTimeout(expire, milliseconds);
        },
      };
      deadline.restart();
      request.deadline = deadline;
      reply.raw.once('close', () => {
        deadline.pause();
        if (!reply.raw.writableEnded) controller.abort(tooSlow());
      });
    });

    app.addHook('onSend', async (request) => {
      request.deadline?.pause();
      request.isHandled = true;
    });

    app.decorateRequest('isHandled', false);
    app.addHook('onRoute', (route) => {
      route.handler = endedByDeadline(route.handler);
    });
  },
  { name: 'deadline' },
);

/** The request is answered at the deadline, and once, even if the handler goes on after it. */
function endedByDeadline(handler: RouteHandlerMethod): RouteHandlerMethod {
  return function (request, reply) {
    request.isHandled = true;
    const answer: unknown = handler.call(this, request, reply);
    if (!(answer instanceof Promise)) return answer;
    const { signal } = deadlineOf(request);
    return new Promise((resolve, reject) => {
      const giveUp = () => reject(tooSlow());
      if (signal.aborted) return giveUp();
      signal.addEventListener('abort', giveUp, { once: true });
      answer.then(resolve, reject);
    });
  };
}

function tooSlow(): Problem {
  return new Problem('unavailable', 'The service could not answer in time. Try again shortly.', {
    headers: { 'retry-after': '5' },
  });
}

declare module 'fastify' {
  interface FastifyRequest {
    deadline: Deadline | null;
    /** Whether the route's handler, or an answer, has begun. */
    isHandled: boolean;
  }
}
