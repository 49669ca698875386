import type { AccessRequest } from './policy';

const variable = /\$\{([^}]*)\}/g;

/**
 * Replaces policy variables by their values: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 *
 * The result is a pattern in which a backslash takes the meaning of `*`, `?` and itself away: what comes
 * from the request is literal.
 * @returns undefined if a variable has no value and no default, so that the text matches nothing
 */
export function resolveVariables(
  text: string,
  context: AccessRequest['context'],
): string | undefined {
  const patterns: string[] = [];
  let end = 0;
  for (const { 0: whole, 1: name = '', index } of text.matchAll(variable)) {
    const value = valueOf(name, context);
    if (value === undefined) return undefined;
    patterns.push(escapeBackslash(text.slice(end, index)), escapePattern(value));
    end = index + whole.length;
  }
  return patterns.join('') + escapeBackslash(text.slice(end));
}

function valueOf(name: string, context: AccessRequest['context']): string | undefined {
  if (/^[*?$]$/.test(name)) return name;
  const [, key = '', fallback] = /^\s*(.*?)\s*(?:,\s*'(.*)'\s*)?$/.exec(name) ?? [];
  const values = context.get(key.toLowerCase());
  // A key with several values cannot be used as a variable.
  return values?.length === 1 ? values[0] : fallback;
}

/** A text that a pattern matches literally. */
const escapePattern = (text: string): string => text.replace(/[\\*?]/g, '\\$&');
const escapeBackslash = (text: string): string => text.replaceAll('\\', '\\\\');
