import type { RateLimits } from './access/rate-limit';
import type { Tokens } from './access/tokens';
import type { Addresses } from './answers/addresses';
import type { Store } from './state/store';

export interface Request {
  readonly method: string;
  readonly url: URL;
  readonly authorization: string | undefined;
  readonly body: string;
}

export interface Response {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** undefined: none. */
  readonly body?: unknown;
  /** Why GitHub would not have answered so: a mistake of this server. */
  readonly violation?: string;
}

export interface Facts {
  readonly store: Store;
  readonly addresses: Addresses;
  readonly tokens: Tokens;
  readonly limits: RateLimits;
}
