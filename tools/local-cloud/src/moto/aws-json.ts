/** An error of an AWS service, as its JSON protocol gives it. */
export class AwsServiceError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'AwsServiceError';
  }
}

/** Calls one action of an AWS service behind us that speaks JSON. */
export type CallJson = <Output>(
  call: { readonly service: string; readonly region: string; readonly target: string },
  input: unknown,
) => Promise<Output>;

/**
 * A caller for moto at `endpoint`. moto reads service and region from the credential scope and
 * checks no signature, so the scope is all that is sent.
 */
export function jsonCaller(endpoint: string): CallJson {
  return async <Output>(
    { service, region, target }: { service: string; region: string; target: string },
    input: unknown,
  ): Promise<Output> => {
    const scope = `test/20250101/${region}/${service}/aws4_request`;
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': target,
        authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
      },
      body: JSON.stringify(input),
    });
    const text = await response.text();
    if (!response.ok) throw serviceError(response.status, text);
    return (text === '' ? {} : JSON.parse(text)) as Output;
  };
}

function serviceError(status: number, text: string): AwsServiceError {
  try {
    const { __type, message, Message } = JSON.parse(text) as Record<string, unknown>;
    const code = String(__type ?? `HTTP ${status}`).replace(/^.*#/, '');
    return new AwsServiceError(code, String(message ?? Message ?? text));
  } catch {
    return new AwsServiceError(`HTTP ${status}`, text.slice(0, 200));
  }
}
