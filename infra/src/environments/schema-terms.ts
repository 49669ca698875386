import Type, { type TProperties } from 'typebox';

/** An object that rejects unknown keys: a misspelt setting must not silently use a default. */
export const closed = <P extends TProperties>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });
export const choice = <const Names extends readonly (string | number)[]>(...names: Names) =>
  Type.Unsafe<Names[number]>(Type.Enum([...names]));
export const count = (minimum: number, maximum: number) => Type.Integer({ minimum, maximum });
export const percent = (maximum: number) => count(0, maximum);
export const days = count(1, 3653);

/** Something that an account has only once: ours, with these settings, or one that exists already. */
export const ownOrExisting = <Own extends TProperties, Existing extends TProperties>(
  own: Own,
  existing: Existing,
) =>
  Type.Union([
    closed({ kind: Type.Literal('own'), ...own }),
    closed({ kind: Type.Literal('existing'), ...existing }),
  ]);
