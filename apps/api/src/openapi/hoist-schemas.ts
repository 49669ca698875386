import { isDeepStrictEqual } from 'node:util';

const ownToThePlace = ['title', 'description', 'examples'];

/**
 * Moves every schema with a `title` to `components.schemas` under that name and leaves a `$ref`, so
 * that clients generated from the contract have names for things. Examples and descriptions stay
 * with the place where they were written.
 */
export function hoistTitledSchemas(node: unknown, components: Record<string, unknown>): unknown {
  if (Array.isArray(node)) return node.map((item) => hoistTitledSchemas(item, components));
  if (typeof node !== 'object' || node === null) return node;
  const hoisted = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      // Examples are data: what looks like a schema in them is not one.
      key === 'example' || key === 'examples' ? value : hoistTitledSchemas(value, components),
    ]),
  );
  const title = hoisted['title'];
  if (typeof title !== 'string' || !('type' in hoisted || 'oneOf' in hoisted)) return hoisted;
  const schema = Object.fromEntries(
    Object.entries(hoisted).filter(([key]) => !ownToThePlace.includes(key)),
  );
  const known = components[title];
  if (known !== undefined && !isDeepStrictEqual(known, schema))
    throw new Error(`two different schemas are titled ${title}`);
  components[title] = schema;
  return { $ref: `#/components/schemas/${title}` };
}
