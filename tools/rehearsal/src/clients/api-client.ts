/** An answer with another status than expected; the message quotes the problem document. */
class UnexpectedAnswer extends Error {
  constructor(request: string, status: number, body: string) {
    super(`${request} answered ${status}: ${body.slice(0, 600)}`);
    this.name = 'UnexpectedAnswer';
  }
}

export interface Answer<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

interface RequestOptions {
  readonly body?: unknown;
  readonly token?: string;
  /** The expected status; any of 200 to 299 if left out. */
  readonly expect?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A client of the API as a user would write one: HTTP and JSON, none of our code. */
export class ApiClient {
  constructor(private readonly baseUrl: string) {}

  async request<Body = unknown>(
    method: string,
    path: string,
    { body, token, expect, headers = {} }: RequestOptions = {},
  ): Promise<Answer<Body>> {
    const response = await fetch(`${this.baseUrl}${path}`, {
      method,
      signal: AbortSignal.timeout(30_000),
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isExpected = expect === undefined ? response.ok : response.status === expect;
    if (!isExpected) throw new UnexpectedAnswer(`${method} ${path}`, response.status, text);
    const isJson = response.headers.get('content-type')?.includes('json');
    return {
      status: response.status,
      headers: response.headers,
      body: (isJson && text ? JSON.parse(text) : text) as Body,
    };
  }
}
