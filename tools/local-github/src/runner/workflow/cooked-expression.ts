import { NotSupported } from '../not-supported';

/**
 * GitHub's parser makes the expression of a text like `a ${{ b }}` from the text as written in the file,
 * with the indentation of a block. This gives the expression of the text that YAML means.
 * @param expression as parsed, a `format(…)` if there is text around the expression
 * @param written the line of the file from where the value begins, e.g. `|-`
 * @param place for the message
 * @throws NotSupported for a text that YAML folds
 */
export function cookedExpression(expression: string, written: string, place: string): string {
  const block = /^\|(?<chomp>[-+]?)\s*(#.*)?$/.exec(written);
  if (block) return dedented(expression, block.groups?.['chomp'] ?? '');
  if (expression.includes('\n') || /^[|>]/.test(written))
    throw new NotSupported(
      'an expression in a text that is folded or has its indentation named',
      place,
    );
  return expression;
}

/** The literal at the start of a `format('…', …)`; in it, a quote is written twice. */
const template = /^format\('((?:[^']|'')*)'/;

function dedented(expression: string, chomp: string): string {
  return expression.replace(template, (_, text: string) => {
    const written = text.split('\n');
    const indentation = /^ */.exec(written.find((line) => line.trim()) ?? '')?.[0].length ?? 0;
    const body = written.map((line) => line.slice(indentation)).join('\n');
    const end = { '': '\n', '-': '', '+': /\n*$/.exec(body)?.[0] }[chomp] ?? '';
    return `format('${body.replace(/\n*$/, '')}${end}'`;
  });
}
