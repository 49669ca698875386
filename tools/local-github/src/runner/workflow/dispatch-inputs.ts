import { isObject, type JsonObject, type Node } from './node';

/**
 * The `inputs` of a dispatched or called workflow, with defaults.
 * @param on the file's `on`
 * @throws Error for an input that is missing, unknown, or none of its options
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
      const value = given[name] ?? (input['default'] as string | undefined);
      if (input['required'] === true && (value === undefined || value === ''))
        throw new Error(`Required input "${name}" is missing.`);
      const options = input['options'];
      if (Array.isArray(options) && value !== undefined && !options.includes(value as string))
        throw new Error(`"${String(value)}" is not among the options of input "${name}".`);
      return [name, value ?? ''];
    }),
  );
}
