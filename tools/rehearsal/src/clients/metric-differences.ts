/**
 * Compares the result of an analysis with the golden values.
 * @param tolerance relative; absolute for values below 1
 * @returns the paths that differ, with both values; empty if all agree
 */
export function differences(
  actual: unknown,
  expected: unknown,
  tolerance = 1e-6,
  path = '',
): readonly string[] {
  if (typeof expected === 'number') {
    const close =
      typeof actual === 'number' &&
      Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected));
    return close ? [] : [`${path}: ${JSON.stringify(actual)}, expected ${expected}`];
  }
  if (typeof expected === 'object' && expected !== null)
    return Object.entries(expected).flatMap(([key, value]) =>
      differences(
        (actual as Record<string, unknown> | null)?.[key],
        value,
        tolerance,
        `${path}/${key}`,
      ),
    );
  return actual === expected
    ? []
    : [`${path}: ${JSON.stringify(actual)}, expected ${JSON.stringify(expected)}`];
}
