import { exits } from '../src/errors';
import type { Needs, Verb } from '../src/verb';

const needs: Readonly<Record<Needs, string>> = {
  nothing: '',
  aws: 'AWS',
  terraform: 'AWS, Terraform',
};

/** The tables of docs/pipelines.md, by the names of their markers. */
export function docsTables(verbs: readonly Verb[]): Readonly<Record<string, string>> {
  return {
    verbs: table(
      ['verb', 'what it does', 'needs', 'builds'],
      verbs.map((verb) => [
        `\`${verb.name}\``,
        verb.summary,
        needs[verb.needs],
        verb.builds.join(', '),
      ]),
    ),
    outputs: table(
      ['verb', 'output', 'what it is'],
      verbs.flatMap(({ name, outputs }) =>
        Object.entries(outputs).map(([output, meaning]) => [
          `\`${name}\``,
          `\`${output}\``,
          meaning,
        ]),
      ),
    ),
    permissions: table(
      ['verb', 'permission of its job'],
      verbs.flatMap(({ name, github }) =>
        Object.entries(github).map(([permission, access]) => [
          `\`${name}\``,
          `\`${permission}: ${access}\``,
        ]),
      ),
    ),
    'exit-codes': table(
      ['exit code', 'name', 'meaning'],
      Object.entries(exits).map(([reason, { code, meaning }]) => [
        String(code),
        `\`${reason}\``,
        meaning,
      ]),
    ),
  };
}

/** Replaces what is between the markers of each table, and leaves the rest of a page as it is. */
export function withTables(page: string, tables: Readonly<Record<string, string>>): string {
  return Object.entries(tables).reduce((text, [name, content]) => {
    const [start, end] = [`<!-- generated: ${name} -->`, `<!-- end of ${name} -->`];
    const [from, to] = [text.indexOf(start), text.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`The page has no markers for the table "${name}".`);
    return `${text.slice(0, from + start.length)}\n\n${content}\n\n${text.slice(to)}`;
  }, page);
}

/** Columns as wide as their widest cell, as Prettier formats a table. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[], fill = ' ') =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width, fill)).join(' | ')} |`;
  const rule = line(
    head.map(() => ''),
    '-',
  );
  return [line(head), rule, ...rows.map((row) => line(row))].join('\n');
}
