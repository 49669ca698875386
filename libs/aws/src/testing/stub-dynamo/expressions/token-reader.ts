import { invalid } from '../dynamo-error';

/** Reads the tokens of an expression from left to right. */
export interface TokenReader {
  /** The token ahead, keywords in upper case; undefined at the end. */
  peek(): string | undefined;
  next(): string;
  /** Steps over a token if it is the one ahead. */
  accept(token: string): boolean;
  /** @throws DynamoError ValidationException if another token is ahead */
  expect(token: string): void;
  /** @throws DynamoError ValidationException if anything is left */
  expectEnd(): void;
}

const keywords = new Set(['AND', 'OR', 'NOT', 'BETWEEN', 'IN', 'SET', 'REMOVE', 'ADD', 'DELETE']);

export function tokenReader(expression: string): TokenReader {
  const tokens = (expression.match(/[#:]?\w+|<>|<=|>=|\S/g) ?? []).map(normalised);
  let place = 0;
  const unexpected = () =>
    invalid(`Invalid expression: unexpected ${tokens[place] ?? 'end'} in "${expression}"`);
  const accept = (token: string) => {
    if (tokens[place] !== token) return false;
    place++;
    return true;
  };
  return {
    peek: () => tokens[place],
    accept,
    next: () => {
      const token = tokens[place];
      if (token === undefined) throw unexpected();
      place++;
      return token;
    },
    expect: (token) => {
      if (!accept(token)) throw unexpected();
    },
    expectEnd: () => {
      if (place < tokens.length) throw unexpected();
    },
  };
}

function normalised(token: string): string {
  const upper = token.toUpperCase();
  return keywords.has(upper) ? upper : token;
}
