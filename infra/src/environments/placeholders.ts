import { type FieldError, ValidationError } from '@clarity/schema';
import type { Environment } from './schema';

/** What stands in the shipped environments for values that only the owner of an account knows. */
const shipped: readonly { readonly pattern: RegExp; readonly detail: string }[] = [
  { pattern: /\b(111111111111|222222222222)\b/, detail: 'names an account that is not yours' },
  // RFC 2606 reserves the domain: no zone can be delegated there and no mail arrives.
  { pattern: /\.example$/, detail: 'is a name in the domain "example", which nobody owns' },
  { pattern: /^repo:clarity@10000001\//, detail: 'is not your repository' },
];

/** Each placeholder that an environment still contains. */
export function placeholdersIn(value: unknown, pointer = ''): readonly FieldError[] {
  if (typeof value === 'string')
    return shipped
      .filter(({ pattern }) => pattern.test(value))
      .map(({ detail }) => ({ pointer, detail: `"${value}" ${detail}` }));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    placeholdersIn(inner, `${pointer}/${key}`),
  );
}

/**
 * For a synthesis that a real account will get.
 * @throws ValidationError with a JSON pointer for each placeholder
 */
export function refusePlaceholders(environment: Environment): void {
  const fields = placeholdersIn(environment);
  if (fields.length > 0)
    throw new ValidationError(
      `The environment ${environment.name} has placeholders. Replace them in infra/src/environments.`,
      fields,
    );
}
