/** What of a synthesised stack says which attributes are not Terraform's to decide. */
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

/** @returns by address, the attributes under `ignore_changes`: the pipeline and autoscalers move those */
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

/** Is the attribute at `path`, e.g. `scaling[0].max`, under one of `ignored`, e.g. `scaling`? */
export function isIgnored(path: string, ignored: 'all' | readonly string[] | undefined): boolean {
  if (ignored === undefined) return false;
  if (ignored === 'all') return true;
  return ignored.some(
    (name) => path === name || path.startsWith(`${name}.`) || path.startsWith(`${name}[`),
  );
}
