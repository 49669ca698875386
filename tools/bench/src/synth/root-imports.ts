const submodule =
  /^export \{ (?<own>\w+)(?: as (?<alias>\w+))?(?:, type \w+)? \} from '@cdktf\/provider-aws\/lib\/(?<module>[a-z0-9-]+)';$/gm;

/**
 * Rewrites the barrel of AWS resources as CDKTF's own templates have it: namespaces imported from the
 * package root.
 * @param barrel infra/src/aws.ts
 * @throws Error if the barrel has an export that this does not understand
 */
export function withRootImports(barrel: string): string {
  const exports = [...barrel.matchAll(submodule)];
  const statements = barrel.match(/^export /gm)?.length ?? 0;
  if (exports.length !== statements || exports.length === 0)
    throw new Error(
      `${statements - exports.length} exports of the barrel are not of the known form.`,
    );
  const classes = exports.map(({ groups = {} }) => ({
    namespace: camelCase(groups['module'] ?? ''),
    own: groups['own'] ?? '',
    alias: groups['alias'] ?? groups['own'] ?? '',
  }));
  const namespaces = new Set(classes.map(({ namespace }) => namespace));
  return [
    `import { ${[...namespaces].join(', ')} } from '@cdktf/provider-aws';`,
    ...classes.map(({ namespace, own, alias }) => `export const ${alias} = ${namespace}.${own};`),
  ].join('\n');
}

function camelCase(kebab: string): string {
  return kebab.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
