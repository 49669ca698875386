import type { Grant } from '../access/permissions';
import type { RateLimits } from '../access/rate-limit';
import type { Caller } from '../access/tokens';
import type { Addresses } from '../answers/addresses';
import type { Values } from '../openapi/check-request';
import type { Store } from '../state/store';

/** A request that GitHub would look at: its caller is known and its shape is right. */
export interface Call {
  readonly store: Store;
  readonly addresses: Addresses;
  readonly limits: RateLimits;
  readonly caller: Caller;
  readonly path: Values;
  readonly query: Values;
  readonly body: unknown;
}

export type Answer =
  | { readonly status: number; readonly body?: unknown }
  /** All of a list: the page that was asked for is cut from it. */
  | { readonly list: readonly unknown[] };

export interface Route {
  /** Any one of these permissions is enough. */
  readonly needs: (call: Pick<Call, 'store' | 'path'>) => readonly Grant[];
  /** The query parameters and keys of the body that have an effect, besides paging. */
  readonly honours?: readonly string[];
  readonly answer: (call: Call) => Answer;
}

/** By id of the operation. */
export type Routes = Readonly<Record<string, Route>>;

export const numberIn = (values: Values, name: string): number => Number(values[name]);

/** @returns undefined if the value is not given */
export function textIn(values: Values, name: string): string | undefined {
  const value = values[name];
  return value === undefined || value === null ? undefined : String(value);
}

export const bodyOf = ({ body }: Call): Values => body as Values;
