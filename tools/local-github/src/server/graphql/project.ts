import { Refusal } from '../refusal';
import type { Field } from './parse';

/** A value of the graph; what needs arguments, or takes effect, is a {@link Resolver}. */
export type GraphValue =
  | null
  | boolean
  | number
  | string
  | readonly GraphValue[]
  | Resolver
  | { readonly [field: string]: GraphValue };

export class Resolver {
  constructor(
    /** The arguments that have an effect. */
    readonly args: readonly string[],
    readonly value: (args: Readonly<Record<string, unknown>>) => GraphValue,
  ) {}
}

/**
 * The part of a value that was asked for.
 * @throws Refusal 501 for a field or an argument that this server does not have
 */
export function project(value: GraphValue, fields: readonly Field[]): unknown {
  if (Array.isArray(value)) return value.map((item: GraphValue) => project(item, fields));
  if (typeof value !== 'object' || value === null || value instanceof Resolver) return value;
  const mapping = value as { readonly [field: string]: GraphValue };
  return Object.fromEntries(
    fields.map(({ name, args, fields: inner }) => {
      if (!Object.hasOwn(mapping, name))
        throw new Refusal(501, `The embedded GitHub does not answer the GraphQL field "${name}".`);
      const found = mapping[name] ?? null;
      const known = found instanceof Resolver ? found.args : [];
      const ignored = Object.keys(args).filter((key) => !known.includes(key));
      if (ignored.length > 0)
        throw new Refusal(501, `The embedded GitHub does not support ${ignored} of "${name}".`);
      return [name, project(found instanceof Resolver ? found.value(args) : found, inner)];
    }),
  );
}
