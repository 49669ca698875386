import type { Segment } from '../src/traces/segment-of-span';

interface BatchGetTraces {
  readonly Traces: readonly { readonly Segments: readonly { readonly Document: string }[] }[];
}

/**
 * Reads a trace with X-Ray's BatchGetTraces.
 * https://docs.aws.amazon.com/xray/latest/api/API_BatchGetTraces.html
 */
export async function readTrace(endpoint: string, id: string): Promise<readonly Segment[]> {
  const scope = 'test/20250101/us-east-1/xray/aws4_request';
  const response = await fetch(`${endpoint}/Traces`, {
    method: 'POST',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify({ TraceIds: [id] }),
  });
  if (!response.ok) throw new Error(`BatchGetTraces returned ${response.status}`);
  const { Traces } = (await response.json()) as BatchGetTraces;
  return Traces.flatMap(({ Segments }) =>
    Segments.map(({ Document }) => JSON.parse(Document) as Segment),
  ).toSorted((a, b) => a.start_time - b.start_time);
}
