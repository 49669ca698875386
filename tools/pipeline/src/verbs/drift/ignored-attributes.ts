/** The part of a synthesised stack that lists which attributes Terraform ignores. */
export interface StackResources {
  readonly resource?: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          { readonly lifecycle?: { readonly ignore_changes?: 'all' | readonly string[] } }
        >
      >
    >
  >;
}

/** @returns by address, the attributes in `ignore_changes`: the pipeline and autoscalers change those */
export function ignoredAttributes(
  stack: StackResources,
): ReadonlyMap<string, 'all' | readonly string[]> {
  return new Map(
    Object.entries(stack.resource ?? {}).flatMap(([type, resources]) =>
      Object.entries(resources).flatMap(([name, { lifecycle }]) =>
        lifecycle?.ignore_changes ? [[`${type}.${name}`, lifecycle.ignore_changes] as const] : [],
      ),
    ),
  );
}

/** Whether the attribute at `path`, e.g. `scaling[0].max`, is in one of `ignored`, e.g. `scaling`. */
export function isIgnored(path: string, ignored: 'all' | readonly string[] | undefined): boolean {
  if (ignored === undefined) return false;
  if (ignored === 'all') return true;
  return ignored.some(
    (name) => path === name || path.startsWith(`${name}.`) || path.startsWith(`${name}[`),
  );
}
