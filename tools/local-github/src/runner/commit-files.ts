import { posix } from 'node:path';
import { runProgram } from '@clarity/host';
import { checkAction, checkWorkflow } from './workflow/check-workflow';
import { isObject, type Node, type NodeObject } from './workflow/node';
import { parseActionYaml, parseWorkflowYaml } from './workflow/parse-yaml';

export const workflowFolder = '.github/workflows';

/** The workflows of a commit. */
export interface CommitFiles {
  readonly names: readonly string[];
  /** @throws Error if there is no such file, or it is not a valid workflow */
  workflow(name: string): Promise<NodeObject>;
  /**
   * Checks a workflow, those that it calls, and the actions of the commit that they use.
   * @throws NotSupported with file and line
   */
  check(name: string): Promise<void>;
}

export async function commitFiles(repository: string, sha: string): Promise<CommitFiles> {
  const git = (...args: string[]) => runProgram('git', args, { cwd: repository });
  const read = (path: string) => git('show', `${sha}:${path}`);
  const names = (await git('ls-tree', '--name-only', `${sha}:${workflowFolder}`))
    .split('\n')
    .filter((name) => /\.ya?ml$/.test(name));
  const parsed = new Map<string, Promise<NodeObject>>();
  const workflow = (name: string) => {
    if (!names.includes(name)) throw new Error(`There is no workflow ${name} in this commit.`);
    const node =
      parsed.get(name) ??
      read(`${workflowFolder}/${name}`).then((text) => parseWorkflowYaml(name, text));
    parsed.set(name, node);
    return node;
  };
  const checkUsed = async (uses: string): Promise<void> => {
    const called = posix.relative(workflowFolder, posix.normalize(uses));
    if (!called.startsWith('..')) return check(called);
    const path = posix.join(posix.normalize(uses), 'action.yml');
    const action = parseActionYaml(path, await read(path));
    checkAction(action);
    for (const each of ownUses(action)) await checkUsed(each);
  };
  const check = async (name: string): Promise<void> => {
    const node = await workflow(name);
    checkWorkflow(node);
    for (const each of ownUses(node)) await checkUsed(each);
  };
  return { names, workflow, check };
}

/** Every `uses` of a file of the same commit, each once. */
function ownUses(node: Node): readonly string[] {
  const all = (each: Node): readonly string[] => {
    if (Array.isArray(each)) return each.flatMap((item: Node) => all(item));
    if (!isObject(each)) return [];
    const { uses } = each;
    const here = typeof uses === 'string' && uses.startsWith('./') ? [uses] : [];
    return [...here, ...Object.values(each).flatMap(all)];
  };
  return [...new Set(all(node))];
}
