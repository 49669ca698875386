import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import { definition, statusFunctions } from './functions';
import { Expression, type Json, type JsonObject, type Node, type NodeObject } from './node';

/** What expressions can see at one place of a workflow. */
export interface Scope {
  readonly contexts: JsonObject;
  /** In addition to GitHub's own: `success()` and its like, `hashFiles(…)`. */
  readonly functions?: Readonly<Record<string, (...args: string[]) => Json>>;
}

/**
 * Evaluates an expression with GitHub's own evaluator.
 * @throws Error for a context or function that does not exist there
 */
export function evaluate(text: string, { contexts, functions = {} }: Scope): Json {
  const definitions = Object.entries(functions).map(([name, call]) =>
    definition(name, (...args) => toData(call(...args.map((argument) => argument.coerceString())))),
  );
  const tokens = new Lexer(text).lex().tokens.map(unescaped);
  const expression = new Parser(tokens, Object.keys(contexts), definitions).parse();
  const byName = new Map(definitions.map((each) => [each.name.toLowerCase(), each]));
  const dictionary = toData(contexts) as data.Dictionary;
  const value = new Evaluator(expression, dictionary, byName).evaluate();
  return JSON.parse(JSON.stringify(value, data.replacer)) as Json;
}

/** The lexer of GitHub's package unescapes the first quote of a text only; GitHub's service all of them. */
function unescaped<T extends { value?: unknown }>(token: T): T {
  const { value } = token;
  return typeof value === 'string' ? { ...token, value: value.replaceAll("''", "'") } : token;
}

/** Evaluates every expression within a node. */
export function resolve(node: Node, scope: Scope): Json {
  if (node instanceof Expression) return evaluate(node.text, scope);
  if (Array.isArray(node)) return node.map((item: Node) => resolve(item, scope));
  if (typeof node === 'object' && node !== null)
    return Object.fromEntries(
      Object.entries(node as NodeObject).map(([key, value]) => [key, resolve(value, scope)]),
    );
  return node as Json;
}

/**
 * As GitHub puts a value into a text: null is empty.
 * @throws Error for a list or a mapping
 */
export function toText(value: Json): string {
  if (value === null) return '';
  if (typeof value === 'object')
    throw new Error(`A ${Array.isArray(value) ? 'sequence' : 'mapping'} was not expected.`);
  return String(value);
}

/** Resolves a mapping whose values are texts: env, with, outputs. */
export function resolveTexts(node: NodeObject, scope: Scope): Record<string, string> {
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, toText(resolve(value, scope))]),
  );
}

const asksForStatus = new RegExp(`\\b(${statusFunctions.join('|')})\\s*\\(`, 'i');

/** The text of an `if`, with or without `${{ }}`; `success()` is added to one that does not ask for a status. */
export function conditionText(condition: Node | undefined): string {
  const text = condition instanceof Expression ? condition.text : String(condition ?? 'success()');
  // What is between quotes asks for nothing.
  const asks = asksForStatus.test(text.replace(/'[^']*'/g, "''"));
  return asks ? text : `success() && (${text})`;
}

/** Whether an `if` lets its job or step run. */
export function holds(condition: Node | undefined, scope: Scope): boolean {
  const asked = conditionText(condition);
  const value = evaluate(asked, scope);
  return value !== null && value !== false && value !== 0 && value !== '';
}

function toData(value: Json): data.ExpressionData {
  return JSON.parse(JSON.stringify(value), data.reviver) as data.ExpressionData;
}
