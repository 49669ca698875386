/** Addresses in the API and on the site. */
export interface Addresses {
  /** Of the server. */
  readonly url: string;
  /** `owner/name`. */
  readonly repository: string;
  /** Of the repository in the API. */
  readonly api: string;
  /** Of the repository's pages for people. */
  readonly html: string;
}

export function addressesOf(url: string, repository: string): Addresses {
  return { url, repository, api: `${url}/repos/${repository}`, html: `${url}/${repository}` };
}

/** GitHub's second kind of id: opaque, of the kind and the number. */
export function nodeId(kind: string, id: number): string {
  return `${kind}_${Buffer.from(String(id)).toString('base64url')}`;
}
