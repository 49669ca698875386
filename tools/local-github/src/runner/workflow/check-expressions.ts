import { NotSupported } from '../not-supported';
import { unknownPath } from './context-paths';
import { conditionText } from './evaluate';
import { Expression, isObject, placeOf, type Node } from './node';

/**
 * Refuses expressions that read what GitHub has and this runner does not.
 * @throws NotSupported with file and line
 */
export function checkExpressions(node: Node): void {
  if (node instanceof Expression) return checkExpression(node.text, node.place);
  if (Array.isArray(node)) return node.forEach((item: Node) => checkExpressions(item));
  if (!isObject(node)) return;
  for (const [key, value] of Object.entries(node))
    // An `if` is an expression, also without `${{ }}`.
    if (key === 'if') checkExpression(conditionText(value), placeOf(node, key));
    else checkExpressions(value);
}

function checkExpression(text: string, place: string | undefined): void {
  const path = unknownPath(text);
  if (path) throw new NotSupported(path, place);
}
