import type { Socket } from 'node:net';
import { STATUS_CODES } from 'node:http';
import { randomUUID } from 'node:crypto';
import type { ProblemName } from './catalogue';
import { Problem, problemContentType, problemDocument } from './problem';

const problemOfParserError: Readonly<Record<string, ProblemName>> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
};

/** Bytes that are no HTTP request get a problem too, written to the bare socket. */
export function answerUnparsableRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return;
  const name = problemOfParserError[error.code ?? ''] ?? 'invalid-input';
  const problem = new Problem(name, 'This is not a readable HTTP request.');
  const body = JSON.stringify(problemDocument(problem, '/', randomUUID()));
  socket.end(
    [
      `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
      `content-type: ${problemContentType}`,
      `content-length: ${Buffer.byteLength(body)}`,
      'connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}
