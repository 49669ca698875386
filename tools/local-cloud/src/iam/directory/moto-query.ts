/** Calls an action of moto's query API as administrator; resolves to the XML, undefined if it is refused. */
export type CallQuery = (
  service: string,
  region: string,
  parameters: Readonly<Record<string, string>>,
  accessKeyId?: string,
) => Promise<string | undefined>;

export function queryCaller(endpoint: string): CallQuery {
  return async (service, region, parameters, accessKeyId = 'test') => {
    const scope = `${accessKeyId}/20250101/${region}/${service}/aws4_request`;
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
      },
      body: new URLSearchParams(parameters),
    });
    const text = await response.text();
    return response.ok ? text : undefined;
  };
}

/** The texts of all elements of this name that have no elements inside. */
export const textsIn = (xml: string, element: string): readonly string[] =>
  [...xml.matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, 'g'))].map(([, text = '']) =>
    unescapeXml(text),
  );

/** The value of an attribute in a map of SNS; undefined if it has none. */
export const attributeIn = (xml: string, key: string): string | undefined => {
  const [, value] = new RegExp(`<key>${key}</key><value>([^<]+)<`).exec(xml) ?? [];
  return value && unescapeXml(value);
};

const entities: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  amp: '&',
};

const unescapeXml = (text: string): string =>
  text.replace(/&(?:#(\d+)|(\w+));/g, (whole, code?: string, name = '') =>
    code === undefined ? (entities[name] ?? whole) : String.fromCodePoint(Number(code)),
  );
