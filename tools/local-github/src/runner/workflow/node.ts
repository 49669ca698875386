/** A value of JSON. */
export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** What is between `${{` and `}}`, with text around it folded into a `format(…)`. */
export class Expression {
  constructor(readonly text: string) {}
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
