import { Refusal } from '../refusal';

/** One field of a request, its arguments with the variables filled in. */
export interface Field {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly fields: readonly Field[];
}

export interface Operation {
  readonly kind: 'query' | 'mutation';
  readonly fields: readonly Field[];
}

const token = /[_A-Za-z]\w*|\$\w+|-?\d+|"(?:[^"\\]|\\.)*"|\.\.\.|[{}()[\]:!=@&|]/g;

/**
 * Reads a GraphQL request of plain fields and arguments.
 * @throws Refusal 501 for aliases, fragments, directives and everything else
 */
export function parseGraphql(
  text: string,
  variables: Readonly<Record<string, unknown>>,
): Operation {
  const tokens = text.replaceAll(/#.*/g, '').match(token) ?? [];
  let at = 0;
  const take = (expected?: string) => {
    const next = tokens[at++];
    if (next === undefined || (expected !== undefined && next !== expected))
      throw new Refusal(501, `The embedded GitHub does not support "${next}" in GraphQL.`);
    return next;
  };
  const value = (): unknown => {
    const next = take();
    if (next.startsWith('$')) return variables[next.slice(1)];
    if (next === '{') return pairs('}');
    return JSON.parse(
      /^[_A-Za-z]/.test(next) && !/^(true|false|null)$/.test(next) ? `"${next}"` : next,
    );
  };
  const pairs = (end: string): Record<string, unknown> => {
    const all: Record<string, unknown> = {};
    while (tokens[at] !== end) {
      const name = take();
      take(':');
      all[name] = value();
    }
    take(end);
    return all;
  };
  const fields = (): readonly Field[] => {
    const all: Field[] = [];
    take('{');
    while (tokens[at] !== '}') {
      const name = take();
      if (!/^\w+$/.test(name) || tokens[at] === ':')
        throw new Refusal(
          501,
          `The embedded GitHub supports only plain fields in GraphQL, not "${name}".`,
        );
      const args = tokens[at] === '(' ? (take(), pairs(')')) : {};
      all.push({ name, args, fields: tokens[at] === '{' ? fields() : [] });
    }
    take('}');
    return all;
  };
  const kind = tokens[at] === '{' ? 'query' : take();
  if (kind !== 'query' && kind !== 'mutation')
    throw new Refusal(501, `The embedded GitHub does not support "${kind}" in GraphQL.`);
  // The name and the types of the variables change nothing here.
  while (at < tokens.length && tokens[at] !== '{') at++;
  const operation = { kind, fields: fields() } as const;
  if (at < tokens.length)
    throw new Refusal(501, 'The embedded GitHub supports one operation in a GraphQL request.');
  return operation;
}
