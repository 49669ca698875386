import Type, { type TProperties } from 'typebox';

/** An object whose unknown keys are mistakes: a misspelt setting must not silently take a default. */
export const closed = <P extends TProperties>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });
export const choice = <const Names extends readonly (string | number)[]>(...names: Names) =>
  Type.Unsafe<Names[number]>(Type.Enum([...names]));
export const count = (minimum: number, maximum: number) => Type.Integer({ minimum, maximum });
export const percent = (maximum: number) => count(0, maximum);
export const days = count(1, 3653);
