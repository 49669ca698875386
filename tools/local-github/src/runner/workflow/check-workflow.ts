import { standInFor } from '../actions';
import { NotSupported } from '../not-supported';
import { checkExpressions } from './check-expressions';
import { Expression, isObject, placeOf, type Node, type NodeObject } from './node';

/**
 * Refuses what this runner would do otherwise than GitHub, as far as the file shows it, before anything runs.
 * @throws NotSupported with file and line
 */
export function checkWorkflow(node: NodeObject): void {
  only(node, ['name', 'run-name', 'on', 'permissions', 'env', 'defaults', 'concurrency', 'jobs']);
  checkPermissions(node);
  checkExpressions(node);
  const call = isObject(node['on']) ? node['on']['workflow_call'] : undefined;
  if (isObject(call)) only(call, ['inputs', 'outputs'], 'of workflow_call');
  for (const job of objectsIn(node['jobs'])) {
    if (job['uses'] === undefined) checkJob(job);
    else
      only(job, ['name', 'needs', 'if', 'permissions', 'strategy', 'concurrency', 'uses', 'with']);
    checkPermissions(job);
    const { strategy } = job;
    if (isObject(strategy) && isObject(strategy['matrix']))
      refuse(strategy['matrix'], ['include', 'exclude'], 'of a matrix');
  }
}

/** As {@link checkWorkflow}, for a composite action. */
export function checkAction(node: NodeObject): void {
  only(node, ['name', 'description', 'author', 'branding', 'inputs', 'runs']);
  const { runs } = node;
  if (!isObject(runs) || runs['using'] !== 'composite')
    throw new NotSupported('actions that are not composite', placeOf(node, 'runs'));
  checkExpressions(node);
  for (const input of objectsIn(node['inputs']))
    if (input['default'] instanceof Expression)
      throw new NotSupported('a default with an expression', placeOf(input, 'default'));
  for (const step of objectsIn(runs['steps'])) {
    checkStep(step);
    // A cancellation would have to reach the steps of the action one by one.
    if (/\b(always|cancelled)\s*\(/i.test(JSON.stringify(step['if'] ?? '')))
      throw new NotSupported('always() and cancelled() in an action', placeOf(step, 'if'));
  }
}

function checkJob(job: NodeObject): void {
  only(job, [
    'name',
    'needs',
    'if',
    'runs-on',
    'permissions',
    'strategy',
    'concurrency',
    'outputs',
    'environment',
    'timeout-minutes',
    'steps',
    'env',
    'defaults',
  ]);
  const runsOn = job['runs-on'];
  // One with an expression is checked once it has a value.
  if (typeof runsOn !== 'string' && !(runsOn instanceof Expression))
    throw new NotSupported('runs-on with several labels or a group', placeOf(job, 'runs-on'));
  if (typeof runsOn === 'string') checkRunsOn(runsOn, placeOf(job, 'runs-on'));
  for (const step of objectsIn(job['steps'])) checkStep(step);
}

/** @throws NotSupported for a machine without Ubuntu */
export function checkRunsOn(label: string, place: string | undefined): void {
  if (!/^ubuntu-(latest|\d\d\.\d\d)(-arm)?$/.test(label))
    throw new NotSupported(`runs-on: ${label}`, place);
}

function checkStep(step: NodeObject): void {
  const { uses, shell } = step;
  const common = ['name', 'id', 'if', 'env', 'continue-on-error'];
  if (uses === undefined) only(step, [...common, 'run', 'shell', 'working-directory']);
  else only(step, [...common, 'uses', 'with']);
  if (typeof shell === 'string' && shell !== 'bash')
    throw new NotSupported(`the shell "${shell}"`, placeOf(step, 'shell'));
  if (typeof uses !== 'string' || uses.startsWith('./')) return;
  const { inputs } = standInFor(uses, placeOf(step, 'uses'));
  if (isObject(step['with'])) only(step['with'], inputs, `of ${uses}`);
}

function checkPermissions(node: NodeObject): void {
  const { permissions } = node;
  if (permissions !== undefined && !isObject(permissions))
    throw new NotSupported(
      'read-all and write-all: name each permission',
      placeOf(node, 'permissions'),
    );
}

function only(node: NodeObject, keys: readonly string[], of = ''): void {
  refuse(
    node,
    Object.keys(node).filter((key) => !keys.includes(key)),
    of,
  );
}

function refuse(node: NodeObject, keys: readonly string[], of: string): void {
  const found = keys.find((key) => Object.hasOwn(node, key));
  if (found) throw new NotSupported(`"${found}"${of && ` ${of}`}`, placeOf(node, found));
}

function objectsIn(node: Node | undefined): readonly NodeObject[] {
  const values = isObject(node) ? Object.values(node) : Array.isArray(node) ? node : [];
  return values.filter((each: Node): each is NodeObject => isObject(each));
}
