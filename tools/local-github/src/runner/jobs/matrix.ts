import { NotSupported } from '../not-supported';
import { Expression, mappingOf, type Json, type JsonObject, type Node } from '../workflow/node';

export interface Strategy {
  /** The values of each job, in GitHub's order; one empty set if there is no matrix. */
  readonly combinations: readonly JsonObject[];
  readonly failFast: boolean;
  readonly maxParallel: number;
}

/** Unfolds a resolved `strategy`. */
export function unfold(strategy: Json | undefined): Strategy {
  const {
    matrix,
    'fail-fast': failFast = true,
    'max-parallel': maxParallel,
  } = mappingOf(strategy, 'strategy');
  if (matrix === undefined) return { combinations: [{}], failFast: true, maxParallel: 1 };
  const { include, exclude, ...axes } = mappingOf(matrix, 'matrix');
  if (include !== undefined || exclude !== undefined)
    throw new NotSupported('include and exclude of a matrix');
  let combinations: JsonObject[] = [{}];
  for (const [name, values] of Object.entries(axes)) {
    if (!Array.isArray(values) || values.length === 0)
      throw new Error(`The matrix vector "${name}" has no values.`);
    combinations = combinations.flatMap((combination) =>
      values.map((value: Json) => ({ ...combination, [name]: value })),
    );
  }
  return {
    combinations,
    failFast: failFast !== false,
    maxParallel: Number(maxParallel ?? combinations.length),
  };
}

/** The `strategy` context of one job of the matrix. */
export function strategyContext(strategy: Strategy, index: number): JsonObject {
  return {
    'fail-fast': strategy.failFast,
    'max-parallel': strategy.maxParallel,
    'job-index': index,
    'job-total': strategy.combinations.length,
  };
}

/**
 * As GitHub shows a job: `plan (dev)`. The values of the matrix are added, unless the name has an expression.
 * @param name as in the file
 * @param resolved the name without expressions
 */
export function nameOf(name: Node, resolved: string, combination: JsonObject): string {
  const values = Object.values(combination).map(String);
  return values.length === 0 || name instanceof Expression
    ? resolved
    : `${resolved} (${values.join(', ')})`;
}
