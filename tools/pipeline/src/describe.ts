import { exits } from './errors';
import { isArgument } from './option';
import type { Verb } from './verb';

/**
 * The verbs as JSON, for tools that have to agree with them: the lint of the workflows reads it.
 * Options are named as they are typed, e.g. `--env`.
 */
export function describeVerbs(verbs: readonly Verb[]) {
  return {
    verbs: verbs.map(({ name, summary, options, outputs, github, needs, builds }) => ({
      name,
      summary,
      options: Object.values(options)
        .filter((option) => !isArgument(option))
        .map(({ flags, description, required = false }) => ({
          name: longName(flags),
          description,
          required,
        })),
      outputs,
      github,
      needs,
      builds,
    })),
    exits,
  };
}

/** `--env` of `-e, --env <name>`. */
function longName(flags: string): string {
  return flags.split(/[ ,]+/).find((word) => word.startsWith('--')) ?? flags;
}
