import type { FunctionDefinition } from '@actions/expressions/funcs/info';

export const statusFunctions = ['success', 'failure', 'cancelled', 'always'] as const;

/**
 * A function that GitHub adds to those of every expression: `hashFiles(…)`, or one of the status functions.
 * https://docs.github.com/actions/reference/workflows-and-actions/expressions#status-check-functions
 */
export function definition(name: string, call: FunctionDefinition['call']): FunctionDefinition {
  const [minArgs, maxArgs] = name === 'hashFiles' ? [1, 255] : [0, 0];
  return { name, minArgs, maxArgs, call };
}
