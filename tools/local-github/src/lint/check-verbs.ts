import { type Finding, pipelineCall, stepsOf, type WorkflowFile } from './workflow-files';

/** The pipeline's verbs and the options that each has: `plan` → `--env`, … */
export type Verbs = Readonly<Record<string, readonly string[]>>;

/** Steps call verbs that exist, with options that they have. */
export function checkVerbs(files: readonly WorkflowFile[], verbs: Verbs): readonly Finding[] {
  return files.flatMap(stepsOf).flatMap(({ path, step }): Finding[] => {
    const call = pipelineCall(step);
    if (!call) return [];
    const known = verbs[call.verb];
    if (!known) return [{ path, message: `The pipeline has no verb "${call.verb}".` }];
    return call.options
      .filter((option) => !known.includes(option))
      .map((option) => ({ path, message: `"${call.verb}" has no option ${option}.` }));
  });
}
