import { isDeepStrictEqual } from 'node:util';

/** Remembers what requests with a client token made, so that a repeated one makes nothing more. */
export interface ClientTokens {
  /**
   * @param scope keeps the tokens of different actions and clusters apart
   * @param token undefined: the request is never taken for a repetition
   * @returns what `make` returned for the first request with the token
   * @throws what `onMismatch` returns if the first request was another one
   */
  once<T>(
    scope: string,
    request: { readonly clientToken?: string | undefined },
    make: () => Promise<T>,
    onMismatch: (made: T) => Error,
  ): Promise<T>;
}

export function clientTokens(): ClientTokens {
  const made = new Map<string, { readonly request: object; readonly result: Promise<unknown> }>();
  return {
    once: async <T>(
      scope: string,
      request: { readonly clientToken?: string | undefined },
      make: () => Promise<T>,
      onMismatch: (result: T) => Error,
    ) => {
      if (!request.clientToken) return make();
      const key = `${scope} ${request.clientToken}`;
      const known = made.get(key);
      if (known) {
        const result = (await known.result) as T;
        if (!isDeepStrictEqual(known.request, request)) throw onMismatch(result);
        return result;
      }
      const result = make();
      made.set(key, { request, result });
      // One that failed made nothing: it may be tried again.
      result.catch(() => made.delete(key));
      return result;
    },
  };
}
