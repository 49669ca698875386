import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import type { FunctionDefinition } from '@actions/expressions/funcs/info';
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
  const definitions = Object.entries(functions).map(([name, call]): FunctionDefinition => ({
    name,
    minArgs: 0,
    maxArgs: 255,
    call: (...args) => toData(call(...args.map((argument) => argument.coerceString()))),
  }));
  const tokens = new Lexer(text).lex().tokens.map(unescaped);
  const expression = new Parser(tokens, Object.keys(contexts), definitions).parse();
  const byName = new Map(
    definitions.map((definition) => [definition.name.toLowerCase(), definition]),
  );
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

/** As GitHub puts values into texts: null is empty, objects are JSON. */
export function toText(value: Json): string {
  if (value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Resolves a mapping whose values are texts: env, with, outputs. */
export function resolveTexts(node: NodeObject, scope: Scope): Record<string, string> {
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, toText(resolve(value, scope))]),
  );
}

const statusFunctions = /\b(success|failure|always|cancelled)\s*\(/i;

/** The value of an `if`; `success()` is added to one that does not ask for a status. */
export function holds(condition: Node | undefined, scope: Scope): boolean {
  const text = condition instanceof Expression ? condition.text : String(condition ?? 'success()');
  const asked = statusFunctions.test(text) ? text : `success() && (${text})`;
  const value = evaluate(asked, scope);
  return value !== null && value !== false && value !== 0 && value !== '';
}

function toData(value: Json): data.ExpressionData {
  return JSON.parse(JSON.stringify(value), data.reviver) as data.ExpressionData;
}
