import type { Permissions } from '../contract';
import { Expression, type NodeObject } from '../runner/workflow/node';

/** A verb of the pipeline, as far as `pipeline describe --json` concerns workflows. */
export interface PipelineVerb {
  /** e.g. `releases list`. */
  readonly name: string;
  /** As they are typed, e.g. `--env`. */
  readonly options: readonly { readonly name: string }[];
  /** What it gives to later steps, by name. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Permissions of the job that runs it. */
  readonly github: Permissions;
}

export interface PipelineCall {
  /** As the step names it; the pipeline may have no such verb. */
  readonly name: string;
  readonly verb: PipelineVerb | undefined;
  readonly options: readonly string[];
}

/** The call of the pipeline in a step's script, if there is one. */
export function pipelineCall(
  step: NodeObject,
  verbs: readonly PipelineVerb[],
): PipelineCall | undefined {
  const run = step['run'];
  const text = run instanceof Expression ? run.text : String(run ?? '');
  const [, call] = /(?:run-built\.mjs tools\/pipeline|node pipeline\.js) (.*)/.exec(text) ?? [];
  if (call === undefined) return undefined;
  const words = call.split(/\s+/);
  const verb = verbs.find(({ name }) => `${words.join(' ')} `.startsWith(`${name} `));
  return {
    name: verb?.name ?? words[0] ?? '',
    verb,
    options: words.filter((word) => /^--[a-z-]+$/.test(word)),
  };
}
