import type { Parameters } from './aws-call';

/**
 * Parameters of AWS's query protocols as a tree: `Tags.member.1.Key=a` is `{Tags: [{Key: 'a'}]}`. EC2 has no
 * `member`: `VpcId.1=a` is `{VpcId: ['a']}`.
 */
export function queryParameters(query: URLSearchParams): Parameters {
  const tree: Tree = new Map();
  for (const [name, value] of query) {
    const path = name.split('.').filter((part) => part !== 'member' && part !== 'entry');
    let node = tree;
    for (const part of path.slice(0, -1)) {
      const next = node.get(part);
      const child: Tree = next instanceof Map ? next : new Map();
      node.set(part, child);
      node = child;
    }
    node.set(path.at(-1) ?? '', value);
  }
  return plain(tree) as Parameters;
}

type Tree = Map<string, Tree | string>;

function plain(node: Tree | string): unknown {
  if (typeof node === 'string') return node;
  const entries = [...node].map(([name, child]) => [name, plain(child)] as const);
  return entries.length > 0 && entries.every(([name]) => /^\d+$/.test(name))
    ? entries.map(([, value]) => value)
    : Object.fromEntries(entries);
}
