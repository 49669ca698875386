/** A value of JSON. */
export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** What is between `${{` and `}}`, with text around it folded into a `format(…)`. */
export class Expression {
  /** @param place file and line */
  constructor(
    readonly text: string,
    readonly place?: string,
  ) {}
}

/** The content of a workflow file, with expressions not evaluated yet. */
export type Node =
  | null
  | boolean
  | number
  | string
  | Expression
  | readonly Node[]
  | { readonly [key: string]: Node };
export type NodeObject = { readonly [key: string]: Node };

export function isObject(node: Node | undefined): node is NodeObject {
  return (
    typeof node === 'object' &&
    node !== null &&
    !Array.isArray(node) &&
    !(node instanceof Expression)
  );
}

/**
 * An evaluated value that has to be a mapping; none is an empty one.
 * @param what it is in the file
 * @throws Error for another value, which an expression may have made of it
 */
export function mappingOf(value: Json | undefined, what: string): JsonObject {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || isList(value)) throw new Error(`${what} must be a mapping.`);
  return value;
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

const places = new WeakMap<NodeObject, Readonly<Record<string, string>>>();

/** Remembers where the keys of a mapping are written. @param lines key → file and line */
export function setPlaces(mapping: NodeObject, lines: Readonly<Record<string, string>>): void {
  places.set(mapping, lines);
}

/** File and line of a key, e.g. `ci.yml:12`. */
export function placeOf(mapping: NodeObject, key: string): string | undefined {
  return places.get(mapping)?.[key];
}
