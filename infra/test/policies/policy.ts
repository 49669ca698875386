import type { Arguments, Synthesised } from '../synthesise';

/** The stacks of one environment, as they were synthesised. */
export interface SynthesisedEnvironment {
  readonly name: string;
  readonly stacks: Readonly<Record<string, Synthesised>>;
}

/** One place that breaks a policy. */
export interface Violation {
  readonly stack: string;
  readonly address: string;
  readonly what: string;
}

export interface Policy {
  readonly name: string;
  readonly check: (environment: SynthesisedEnvironment) => readonly Violation[];
}

export interface Located {
  readonly stack: string;
  readonly type: string;
  readonly address: string;
  readonly args: Arguments;
}

/** Every resource of the given types (all of them where none is given), with where it stands. */
export function resources(
  { stacks }: SynthesisedEnvironment,
  ...types: readonly string[]
): readonly Located[] {
  return Object.entries(stacks).flatMap(([stack, { resource }]) =>
    Object.entries(resource ?? {})
      .filter(([type]) => types.length === 0 || types.includes(type))
      .flatMap(([type, byName]) =>
        Object.entries(byName).map(([name, args]) => ({
          stack,
          type,
          address: `${type}.${name}`,
          args,
        })),
      ),
  );
}

/**
 * A policy that asks something of each resource of some types.
 * @param fault says what is wrong with a resource, or nothing
 */
export function forEach(
  name: string,
  types: readonly string[],
  fault: (resource: Located, environment: SynthesisedEnvironment) => string | undefined,
): Policy {
  return {
    name,
    check: (environment) =>
      resources(environment, ...types).flatMap((resource) => {
        const what = fault(resource, environment);
        return what === undefined
          ? []
          : [{ stack: resource.stack, address: resource.address, what }];
      }),
  };
}

/** A nested block: CDKTF writes some as an object and some as a list of one. */
export function block(args: Arguments | undefined, name: string): Arguments | undefined {
  const value = args?.[name];
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'object' && first !== null ? (first as Arguments) : undefined;
}

/** Does any resource of `type` point at `target` with its argument `by`? */
export function companionOf(
  environment: SynthesisedEnvironment,
  type: string,
  by: string,
  target: Located,
): Arguments | undefined {
  const reference = `\${${target.address}.`;
  return resources(environment, type).find(
    ({ stack, args }) => stack === target.stack && String(args[by]).startsWith(reference),
  )?.args;
}
