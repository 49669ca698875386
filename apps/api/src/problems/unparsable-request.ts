import { randomUUID } from 'node:crypto';
import { STATUS_CODES, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from '@clarity/telemetry';
import { securityHeaders } from '../headers/security-headers';
import type { ProblemName } from '@clarity/schema';
import { problemContentType } from '@clarity/schema';
import { Problem, problemDocument } from './problem';

const problemOfParserError: Readonly<Record<string, ProblemName>> = {
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'payload-too-large',
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
};

/** Node's own field: the answer that is being written to a socket. */
type ServerSocket = Socket & { readonly _httpMessage?: ServerResponse | null };

/** Bytes that are not an HTTP request get a problem too, written to the bare socket, and a log line. */
export function answerUnparsableRequest(logger: Logger) {
  return (error: Error & { code?: string }, socket: ServerSocket): void => {
    if (error.code === 'ECONNRESET' || !socket.writable || socket._httpMessage?.headersSent) {
      socket.destroy();
      return;
    }
    const name = problemOfParserError[error.code ?? ''] ?? 'invalid-input';
    const problem = new Problem(name, 'This is not a readable HTTP request.');
    const requestId = randomUUID();
    logger.info({ requestId, status: problem.status, reason: error.code }, 'unparsable request');
    const body = JSON.stringify(problemDocument(problem, '/', requestId));
    const headers = {
      ...securityHeaders,
      'content-type': problemContentType,
      'content-length': Buffer.byteLength(body),
      'x-request-id': requestId,
      connection: 'close',
    };
    socket.end(
      [
        `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
        ...Object.entries(headers).map(([field, value]) => `${field}: ${value}`),
        '',
        body,
      ].join('\r\n'),
    );
  };
}
