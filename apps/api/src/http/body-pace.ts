import type { Readable } from 'node:stream';
import { Problem } from '../problems/problem';

/** A phone in a tunnel is quiet for seconds; one that is gone is quiet for longer. */
const maxSilenceMs = 10_000;
/** After which the mean speed counts. */
const graceMs = 10_000;
/** A poor mobile line; 8 MiB take nine minutes at it. */
const minBytesPerSecond = 16 * 1024;
const checkEveryMs = 1_000;
/** Each chunk costs the event loop the same, however small; after this many the mean size counts. */
const chunksOfAnySize = 1_000;
const minMeanChunk = 64;

/**
 * Watches that a body keeps arriving: timeouts by progress instead of by duration let a large body
 * over a slow line pass, and no client hold a connection with an occasional byte.
 * @param giveUp called once at most, with `request-timeout` or `invalid-input`
 * @returns ends the watch
 */
export function watchPace(body: Readable, giveUp: (problem: Problem) => void): () => void {
  const startedAt = performance.now();
  let lastByteAt = startedAt;
  let bytes = 0;
  let chunks = 0;
  const timer = setInterval(check, checkEveryMs);
  body.on('data', count).on('end', stop);
  return stop;

  function stop() {
    clearInterval(timer);
    body.off('data', count).off('end', stop);
  }
  function end(problem: Problem) {
    stop();
    giveUp(problem);
  }
  function count(chunk: Buffer) {
    lastByteAt = performance.now();
    bytes += chunk.length;
    chunks++;
    if (chunks > chunksOfAnySize && bytes < chunks * minMeanChunk)
      end(new Problem('invalid-input', 'The body comes in chunks that are too small.'));
  }
  function check() {
    const now = performance.now();
    const elapsedMs = now - startedAt;
    if (now - lastByteAt >= maxSilenceMs)
      end(timedOut(`No byte of the body came for ${maxSilenceMs / 1_000} seconds.`));
    else if (elapsedMs >= graceMs && bytes < (minBytesPerSecond * elapsedMs) / 1_000)
      end(timedOut(`The body came at less than ${minBytesPerSecond / 1_024} KiB a second.`));
  }
}

function timedOut(detail: string): Problem {
  return new Problem('request-timeout', detail);
}
