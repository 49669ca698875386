import { isObject, type Json, type JsonObject, type Node } from './node';

/**
 * The `inputs` of a dispatched or called workflow, with defaults and types. A dispatch gives texts, a call
 * gives values.
 * @param on the file's `on`
 * @throws Error for an input that is missing, unknown, of another type, or none of its options
 */
export function inputsOf(
  on: Node | undefined,
  kind: 'workflow_dispatch' | 'workflow_call',
  given: JsonObject,
): JsonObject {
  const trigger = isObject(on) ? on[kind] : undefined;
  const declared = isObject(trigger) && isObject(trigger['inputs']) ? trigger['inputs'] : {};
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(declared, name));
  if (unknown) throw new Error(`Unexpected input "${unknown}".`);
  return Object.fromEntries(
    Object.entries(declared).map(([name, definition]) => {
      const input = isObject(definition) ? definition : {};
      const value = given[name] ?? (input['default'] as Json | undefined);
      if (input['required'] === true && (value === undefined || value === ''))
        throw new Error(`Required input "${name}" is missing.`);
      const options = input['options'];
      if (
        Array.isArray(options) &&
        value !== undefined &&
        options.every((option) => option !== value)
      )
        throw new Error(`"${String(value)}" is not among the options of input "${name}".`);
      const type = String(input['type'] ?? 'string');
      // A call gives values, which GitHub does not convert.
      if (kind === 'workflow_call' && value !== undefined && typeof value !== type)
        throw new Error(`Input "${name}" is a ${type}, not a ${typeof value}.`);
      return [name, typed(name, type, value)];
    }),
  );
}

/** A value of an input's type; false, 0 and the empty text if it is neither given nor has a default. */
function typed(name: string, type: string, value: Json | undefined): Json {
  const text = String(value ?? '');
  if (type === 'boolean') {
    if (text === 'true') return true;
    if (text === 'false' || text === '') return false;
  } else if (type === 'number') {
    if (!Number.isNaN(Number(text))) return Number(text);
  } else return text;
  throw new Error(`"${text}" is not a ${type}, which input "${name}" is.`);
}
