import { dirname, relative } from 'node:path';

/**
 * The room of a file: its first folder below src, or the second if the first holds nothing but a few
 * folders; a file directly in src is a room of its own.
 * @param {string} path
 * @param {string} project
 * @param {readonly string[]} files of the project
 */
export function roomOf(path, project, files) {
  const parts = relative(project, path).split('/');
  const inside = parts[0] === 'src' ? parts.slice(1) : parts;
  if (inside.length <= 2) return inside[0];
  const [first, second] = inside;
  const base = parts[0] === 'src' ? `${project}/src/${first}` : `${project}/${first}`;
  const below = files.filter((file) => file.startsWith(`${base}/`));
  const onlyFolders = below.every((file) => dirname(file) !== base);
  const folders = new Set(below.map((file) => relative(base, file).split('/')[0]));
  return onlyFolders && folders.size <= mostRooms ? `${first}/${second}` : first;
}

const mostRooms = 10;

/** @param {readonly (readonly [string, string])[]} edges @returns groups of nodes that reach each other */
export function cyclesIn(edges) {
  const reached = new Map();
  const from = (node) => edges.filter(([start]) => start === node).map(([, end]) => end);
  for (const [start] of edges) {
    const seen = new Set();
    for (const waiting = from(start); waiting.length > 0;) {
      const node = waiting.pop();
      if (seen.has(node)) continue;
      seen.add(node);
      waiting.push(...from(node));
    }
    reached.set(start, seen);
  }
  const groups = new Map();
  for (const [node, seen] of reached) {
    if (!seen.has(node)) continue;
    const group = [...seen].filter((other) => reached.get(other)?.has(node)).sort();
    groups.set(group.join(), group);
  }
  return [...groups.values()];
}

/** @param {readonly (readonly [string, string])[]} edges @returns a Mermaid flowchart, top to bottom */
export function mermaid(edges) {
  const unique = [...new Set(edges.map(([from, to]) => `${from} ${to}`))].sort();
  const names = [...new Set(unique.flatMap((edge) => edge.split(' ')))].sort();
  const id = new Map(names.map((name, index) => [name, `n${index}`]));
  return [
    '```mermaid',
    'flowchart TD',
    ...names.map((name) => `  ${id.get(name)}["${name}"]`),
    ...unique.map((edge) => {
      const [from, to] = edge.split(' ');
      return `  ${id.get(from)} --> ${id.get(to)}`;
    }),
    '```',
  ].join('\n');
}
