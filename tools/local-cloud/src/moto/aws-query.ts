import { AwsServiceError } from './aws-json';

/** Calls one action of a service that speaks XML over a query, such as EC2 and Auto Scaling. */
export type CallQuery = (
  call: { readonly service: string; readonly region: string; readonly version: string },
  parameters: Readonly<Record<string, string>>,
) => Promise<string>;

/**
 * A caller for moto at `endpoint`, as `jsonCaller`.
 * @throws AwsServiceError if the service returns an error
 */
export const queryCaller =
  (endpoint: string): CallQuery =>
  async ({ service, region, version }, parameters) => {
    const scope = `test/20250101/${region}/${service}/aws4_request`;
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
      },
      body: new URLSearchParams({ Version: version, ...parameters }),
    });
    const xml = await response.text();
    if (response.ok) return xml;
    const element = (name: string) => new RegExp(`<${name}>([^<]*)<`).exec(xml)?.[1];
    throw new AwsServiceError(
      element('Code') ?? `HTTP ${response.status}`,
      element('Message') ?? xml.slice(0, 200),
    );
  };

/** Parameters of a list: `SubnetId.1`, `SubnetId.2` and so on. */
export const numbered = (name: string, values: readonly string[]): Record<string, string> =>
  Object.fromEntries(values.map((value, index) => [`${name}.${index + 1}`, value]));
