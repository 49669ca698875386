import { pipelineCall, type PipelineVerb } from './pipeline-verbs';
import { type Finding, stepsOf, type WorkflowFile } from './workflow-files';

/** Steps call verbs that exist, with options that these have. */
export function checkVerbs(
  files: readonly WorkflowFile[],
  verbs: readonly PipelineVerb[],
): readonly Finding[] {
  return files.flatMap(stepsOf).flatMap(({ path, step }): Finding[] => {
    const call = pipelineCall(step, verbs);
    if (!call) return [];
    const { name, verb, options } = call;
    if (!verb) return [{ path, message: `The pipeline has no verb "${name}".` }];
    return options
      .filter((option) => !verb.options.some((known) => known.name === option))
      .map((option) => ({ path, message: `"${name}" has no option ${option}.` }));
  });
}
