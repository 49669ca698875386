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
import { Expression, isObject, type Node, type NodeObject } from './node';

/**
 * Reads a workflow with GitHub's own parser.
 * @throws Error with GitHub's words where the file is not a valid workflow
 */
export function parseWorkflowYaml(name: string, content: string): NodeObject {
  return checked(name, parseWorkflow({ name, content }, new NoOperationTraceWriter()));
}

/** As {@link parseWorkflowYaml}, for an action.yml. */
export function parseActionYaml(name: string, content: string): NodeObject {
  return checked(name, parseAction({ name, content }, new NoOperationTraceWriter()));
}

function checked(name: string, { context, value }: TemplateParseResult): NodeObject {
  const errors = context.errors.getErrors();
  const node = value && errors.length === 0 ? toNode(value) : undefined;
  if (isObject(node)) return node;
  const reasons = errors.map(({ message }) => message).join('\n');
  throw new Error(`${name} is not valid.\n${reasons}`);
}

function toNode(token: TemplateToken): Node {
  if (isBasicExpression(token)) return new Expression(token.expression);
  if (isSequence(token))
    return Array.from({ length: token.count }, (_, index) => toNode(token.get(index)));
  if (isMapping(token)) {
    const entries = Array.from({ length: token.count }, (_, index) => token.get(index));
    return Object.fromEntries(entries.map(({ key, value }) => [String(key), toNode(value)]));
  }
  if (isString(token) || isNumber(token) || isBoolean(token)) return token.value;
  return null;
}
