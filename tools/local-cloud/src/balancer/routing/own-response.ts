import type { ServerResponse } from 'node:http';
import type { Action, Redirect } from '../rules/listener';
import type { RequestFacts } from '../rules/match-rule';

const titles: Readonly<Record<number, string>> = {
  502: '502 Bad Gateway',
  503: '503 Service Temporarily Unavailable',
  504: '504 Gateway Time-out',
};

/** The page an ALB shows where no target answers. */
export function answerError(outgoing: ServerResponse, status: number): void {
  const title = titles[status] ?? String(status);
  const page = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`;
  answer(outgoing, status, { 'content-type': 'text/html' }, page);
}

export const answerFixed = (
  outgoing: ServerResponse,
  { status, contentType, body }: Extract<Action, { kind: 'fixed-response' }>,
): void => answer(outgoing, status, body === '' ? {} : { 'content-type': contentType }, body);

export const answerRedirect = (outgoing: ServerResponse, status: number, location: string): void =>
  answer(outgoing, status, { location }, '');

function answer(
  outgoing: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string,
): void {
  outgoing.writeHead(status, {
    server: 'awselb/2.0',
    ...headers,
    'content-length': Buffer.byteLength(body),
  });
  outgoing.end(body);
}

/**
 * Where a redirect leads. ALB always names the port.
 * @param listener protocol and port of the listener that redirects
 * @param urlOf the loopback URL of another listener of the same load balancer: a redirect from 80 to
 * 443 has to lead somewhere here too
 */
export function redirectLocation(
  { protocol, host, port, path, query }: Redirect,
  request: RequestFacts,
  listener: { readonly protocol: string; readonly port: number },
  urlOf: (protocol: string, port: number) => string | undefined,
): string {
  const values: Readonly<Record<string, string>> = {
    protocol: listener.protocol.toLowerCase(),
    host: request.host,
    port: String(listener.port),
    path: request.path.replace(/^\//, ''),
    query: request.query,
  };
  const fill = (template: string) =>
    template.replace(
      /#\{(protocol|host|port|path|query)\}/g,
      (_, name: string) => values[name] ?? '',
    );
  const scheme = fill(protocol).toLowerCase();
  const search = fill(query);
  const here = fill(host) === request.host ? urlOf(scheme, Number(fill(port))) : undefined;
  const origin = here ?? `${scheme}://${fill(host)}:${fill(port)}`;
  return `${origin}${fill(path)}${search && `?${search}`}`;
}
