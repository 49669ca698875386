/** What the command line gave for an option: nothing if it was left out and has no default. */
export type Given = string | readonly string[] | boolean | undefined;

/** An option of a verb, or its argument. */
export interface Option<Value = unknown> {
  /** As in `-e, --env <name>` or `--stacks <names...>`; `<id>` alone is an argument. */
  readonly flags: string;
  readonly description: string;
  readonly required?: boolean;
  readonly default?: Exclude<Given, undefined>;
  /** @throws PipelineError `usage` */
  parse(given: Given): Value;
}

/** Whether it is given by its place and not by a flag. */
export function isArgument({ flags }: Option): boolean {
  return flags.startsWith('<');
}

/** By the names under which a verb reads them: `pullRequest` for `--pull-request`. */
export type Options = Readonly<Record<string, Option>>;

/** What a verb reads of its options. */
export type Values<Of extends Options> = {
  readonly [Name in keyof Of]: ReturnType<Of[Name]['parse']>;
};

/** An option that has to be given. */
export function required<Value>(
  flags: string,
  description: string,
  parse: (text: string) => Value,
): Option<Value> {
  return { flags, description, required: true, parse: (given) => parse(String(given)) };
}

/** An option that may be left out. */
export function optional<Value>(
  flags: string,
  description: string,
  parse: (text: string) => Value,
): Option<Value | undefined> {
  return {
    flags,
    description,
    parse: (given) => (given === undefined ? undefined : parse(String(given))),
  };
}

/** An option with a default. */
export function defaulted<Value>(
  flags: string,
  description: string,
  value: string,
  parse: (text: string) => Value,
): Option<Value> {
  return { flags, description, default: value, parse: (given) => parse(String(given)) };
}

/** An option with any number of values, e.g. `--stacks <names...>`. */
export function list<Value>(
  flags: string,
  description: string,
  parse: (text: string) => Value,
  value: readonly string[] = [],
): Option<readonly Value[]> {
  return {
    flags,
    description,
    ...(value.length > 0 ? { default: value } : {}),
    parse: (given) => (Array.isArray(given) ? (given as string[]) : value).map(parse),
  };
}

/** An option without a value, e.g. `--keep-layers`. */
export function toggle(flags: string, description: string): Option<boolean> {
  return { flags, description, parse: (given) => given === true };
}

/** For options that are taken as they are. */
export const asText = (text: string) => text;
