import { NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { parseAction } from '@actions/workflow-parser/actions/action-parser';
import type { TemplateParseResult } from '@actions/workflow-parser/templates/template-parse-result';
import {
  isBasicExpression,
  isBoolean,
  isMapping,
  isNumber,
  isSequence,
  isString,
} from '@actions/workflow-parser/templates/tokens/type-guards';
import type { TemplateToken } from '@actions/workflow-parser/templates/tokens/template-token';
import { cookedExpression } from './cooked-expression';
import { Expression, isObject, setPlaces, type Node, type NodeObject } from './node';

/**
 * Reads a workflow with GitHub's own parser.
 * @throws Error with GitHub's words if the file is not a valid workflow, or if it has a text with an
 *   expression whose YAML form is not supported
 */
export function parseWorkflowYaml(name: string, content: string): NodeObject {
  return checked(name, content, parseWorkflow({ name, content }, new NoOperationTraceWriter()));
}

/** As {@link parseWorkflowYaml}, for an action.yml. */
export function parseActionYaml(name: string, content: string): NodeObject {
  return checked(name, content, parseAction({ name, content }, new NoOperationTraceWriter()));
}

function checked(
  name: string,
  content: string,
  { context, value }: TemplateParseResult,
): NodeObject {
  const errors = context.errors.getErrors();
  const node =
    value && errors.length === 0 ? toNode(value, { name, lines: content.split('\n') }) : undefined;
  if (isObject(node)) return node;
  const reasons = errors.map(({ message }) => message).join('\n');
  throw new Error(`${name} is not valid.\n${reasons}`);
}

interface WorkflowText {
  readonly name: string;
  readonly lines: readonly string[];
}

function toNode(token: TemplateToken, text: WorkflowText): Node {
  if (isBasicExpression(token)) {
    const { line, column } = token.range?.start ?? { line: 0, column: 0 };
    const written = text.lines[line - 1]?.slice(column - 1) ?? '';
    const place = `${text.name}:${line}`;
    return new Expression(cookedExpression(token.expression, written, place), place);
  }
  if (isSequence(token))
    return Array.from({ length: token.count }, (_, index) => toNode(token.get(index), text));
  if (isMapping(token)) {
    const entries = Array.from({ length: token.count }, (_, index) => token.get(index));
    const mapping = Object.fromEntries(
      entries.map(({ key, value }) => [String(key), toNode(value, text)]),
    );
    const lines = entries.map(({ key }) => [
      String(key),
      `${text.name}:${key.range?.start.line ?? 0}`,
    ]);
    setPlaces(mapping, Object.fromEntries(lines) as Record<string, string>);
    return mapping;
  }
  if (isString(token) || isNumber(token) || isBoolean(token)) return token.value;
  return null;
}
