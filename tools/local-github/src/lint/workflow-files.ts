import { Expression, isObject, type Node, type NodeObject } from '../runner/workflow/node';
import { parseActionYaml, parseWorkflowYaml } from '../runner/workflow/parse-yaml';

/** A file below .github, as text and as what it says. */
export interface WorkflowFile {
  /** e.g. `workflows/ci.yml`. */
  readonly path: string;
  readonly text: string;
  readonly node: NodeObject;
}

/** Something that is wrong with a file, said to whoever wrote it. */
export interface Finding {
  readonly path: string;
  readonly message: string;
}

/** A step, and where it stands. */
export interface PlacedStep {
  readonly path: string;
  /** Empty in a composite action. */
  readonly job: string;
  readonly step: NodeObject;
}

export function parseFile(path: string, text: string): WorkflowFile {
  const parse = path.startsWith('workflows/') ? parseWorkflowYaml : parseActionYaml;
  return { path, text, node: parse(path, text) };
}

export function jobsOf({ node }: WorkflowFile): readonly (readonly [string, NodeObject])[] {
  return Object.entries(isObject(node['jobs']) ? node['jobs'] : {}).filter(
    (entry): entry is [string, NodeObject] => isObject(entry[1]),
  );
}

/** All steps of a workflow or of a composite action. */
export function stepsOf(file: WorkflowFile): readonly PlacedStep[] {
  const { path, node } = file;
  const placed = (steps: Node | undefined, job: string) =>
    (Array.isArray(steps) ? steps : [])
      .filter((step: Node): step is NodeObject => isObject(step))
      .map((step: NodeObject) => ({ path, job, step }));
  const runs = node['runs'];
  return [
    ...placed(isObject(runs) ? runs['steps'] : undefined, ''),
    ...jobsOf(file).flatMap(([id, job]) => placed(job['steps'], id)),
  ];
}

/** The texts of all expressions within a node. */
export function expressionsIn(node: Node | undefined): readonly string[] {
  if (node instanceof Expression) return [node.text];
  if (Array.isArray(node)) return node.flatMap((item: Node) => expressionsIn(item));
  return isObject(node) ? Object.values(node).flatMap(expressionsIn) : [];
}

/** The pipeline's verb and its options that a step calls, if it does. */
export function pipelineCall(step: NodeObject): { verb: string; options: string[] } | undefined {
  const run = step['run'];
  const text = run instanceof Expression ? run.text : String(run ?? '');
  const [, verb, rest = ''] = /npm run pipeline -- (\S+)(.*)/.exec(text) ?? [];
  if (!verb) return undefined;
  return { verb, options: [...rest.matchAll(/(?<=\s)--[a-z-]+/g)].map(([option]) => option) };
}
