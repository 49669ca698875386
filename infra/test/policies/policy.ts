import type { Arguments, Synthesised } from '../synthesise';

/** The synthesised stacks of one environment. */
export interface SynthesisedEnvironment {
  readonly name: string;
  readonly stacks: Readonly<Record<string, Synthesised>>;
}

/** One resource that violates a policy. */
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

/** Every resource of the given types, or of all types if none is given, with its address. */
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
 * A policy for each resource of the given types.
 * @param fault returns what is wrong with a resource, or undefined
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

/** A nested block, which CDKTF writes either as an object or as a list of one. */
export function block(args: Arguments | undefined, name: string): Arguments | undefined {
  const value = args?.[name];
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'object' && first !== null ? (first as Arguments) : undefined;
}

/** The resource of `type` whose argument `by` refers to `target`. */
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
