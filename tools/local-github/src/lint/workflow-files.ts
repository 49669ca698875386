import { Expression, isObject, type Node, type NodeObject } from '../runner/workflow/node';
import { parseActionYaml, parseWorkflowYaml } from '../runner/workflow/parse-yaml';

/** A file below .github, as text and parsed. */
export interface WorkflowFile {
  /** e.g. `workflows/ci.yml`. */
  readonly path: string;
  readonly text: string;
  readonly node: NodeObject;
}

/** Something that is wrong with a file, as its author reads it. */
export interface Finding {
  readonly path: string;
  readonly message: string;
}

/** A step, and the job that it is in. */
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
