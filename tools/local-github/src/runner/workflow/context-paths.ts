import { data, Lexer, Parser } from '@actions/expressions';
import {
  Binary,
  ContextAccess,
  type Expr,
  FunctionCall,
  Grouping,
  IndexAccess,
  Literal,
  Logical,
  Unary,
} from '@actions/expressions/ast';
import { definition, statusFunctions } from './functions';

const contexts = [
  'env',
  'github',
  'inputs',
  'job',
  'jobs',
  'matrix',
  'needs',
  'runner',
  'secrets',
  'steps',
  'strategy',
  'vars',
];

/** What this runner has of the contexts of which it has not everything; `*` is any name. */
const known = [
  'github.action_path',
  'github.actor',
  'github.api_url',
  'github.base_ref',
  'github.event_name',
  'github.graphql_url',
  'github.head_ref',
  'github.job',
  'github.ref',
  'github.ref_name',
  'github.repository',
  'github.repository_owner',
  'github.run_attempt',
  'github.run_id',
  'github.run_number',
  'github.server_url',
  'github.sha',
  'github.token',
  'github.workflow',
  'github.workspace',
  'github.event.action',
  'github.event.after',
  'github.event.before',
  'github.event.inputs.*',
  'github.event.merge_group.base_ref',
  'github.event.merge_group.base_sha',
  'github.event.merge_group.head_ref',
  'github.event.merge_group.head_sha',
  'github.event.number',
  'github.event.pull_request.base.ref',
  'github.event.pull_request.base.repo.full_name',
  'github.event.pull_request.base.sha',
  'github.event.pull_request.head.ref',
  'github.event.pull_request.head.repo.full_name',
  'github.event.pull_request.head.sha',
  'github.event.pull_request.number',
  'github.event.pull_request.title',
  'github.event.pull_request.user.login',
  'github.event.ref',
  'github.event.repository.default_branch',
  'github.event.repository.full_name',
  'github.event.schedule',
  'job.status',
  'runner.arch',
  'runner.os',
  'runner.temp',
  'strategy.fail-fast',
  'strategy.job-index',
  'strategy.job-total',
  'strategy.max-parallel',
];

const partial = new Set(known.map((path) => path.split('.')[0]));

/**
 * The first path of an expression that GitHub has and this runner does not, e.g. `github.event.sender`: it
 * would be empty here. A part that is computed is `[…]`.
 * @throws Error if the expression is not valid
 */
export function unknownPath(expression: string): string | undefined {
  const { tokens } = new Lexer(expression).lex();
  const functions = [...statusFunctions, 'hashFiles'].map((name) =>
    definition(name, () => new data.Null()),
  );
  return pathsIn(new Parser(tokens, contexts, functions).parse()).find(
    (path) => partial.has(path.split('.')[0]) && !known.some((each) => matches(path, each)),
  );
}

function matches(path: string, each: string): boolean {
  const [have, allowed] = [path.split('.'), each.split('.')];
  return (
    have.length === allowed.length &&
    allowed.every((name, index) => name === have[index] || (name === '*' && have[index] !== '[…]'))
  );
}

/** Every path in full: of `a.b.c`, neither `a` nor `a.b`. */
function pathsIn(node: Expr | undefined): readonly string[] {
  if (node instanceof ContextAccess || node instanceof IndexAccess) {
    const { path, others } = pathOf(node);
    return [...(path ? [path] : []), ...others.flatMap(pathsIn)];
  }
  return childrenOf(node).flatMap(pathsIn);
}

/** @returns others: what is within brackets, or what the path begins with if that is not a context */
function pathOf(node: Expr): { path: string; others: readonly Expr[] } {
  if (node instanceof ContextAccess) return { path: node.name.lexeme.toLowerCase(), others: [] };
  if (!(node instanceof IndexAccess)) return { path: '', others: [node] };
  const { path, others } = pathOf(node.expr);
  const { index } = node;
  const isName = index instanceof Literal;
  return {
    path: path && `${path}.${isName ? index.literal.coerceString().toLowerCase() : '[…]'}`,
    others: isName ? others : [...others, index],
  };
}

function childrenOf(node: Expr | undefined): readonly Expr[] {
  if (node instanceof Unary) return [node.expr];
  if (node instanceof Binary) return [node.left, node.right];
  if (node instanceof Logical || node instanceof FunctionCall) return node.args;
  return node instanceof Grouping ? [node.group] : [];
}
