import { invalid } from '../dynamo-error';
import type { Item, Value } from '../item';

/** The members of a request that its expressions refer to. */
export interface Substitutions {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Item;
}

/** Looks up `#name` and `:value` for all expressions of one request. */
export interface Placeholders {
  /** The attribute that a token names, by `#placeholder` or by itself. */
  name(token: string): string;
  value(token: string): Value;
  /** DynamoDB refuses a request with a substitution that no expression uses. */
  expectAllUsed(): void;
}

export function placeholders({
  ExpressionAttributeNames: names = {},
  ExpressionAttributeValues: values = {},
}: Substitutions): Placeholders {
  const used = new Set<string>();
  const substitute = <T>(from: Readonly<Record<string, T>>, token: string): T => {
    const found = from[token];
    if (found === undefined) throw invalid(`Invalid expression: ${token} is not defined`);
    used.add(token);
    return found;
  };
  return {
    name(token) {
      if (token.startsWith('#')) return substitute(names, token);
      if (!/^[A-Za-z_]\w*$/.test(token)) throw invalid(`Invalid expression: unexpected ${token}`);
      return token;
    },
    value: (token) => substitute(values, token),
    expectAllUsed() {
      const unused = [...Object.keys(names), ...Object.keys(values)].filter(
        (each) => !used.has(each),
      );
      if (unused.length > 0)
        throw invalid(`A substitution is unused in expressions: keys: {${unused.join(', ')}}`);
    },
  };
}
