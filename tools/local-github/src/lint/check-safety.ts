import { isObject } from '../runner/workflow/node';
import { pipelineCall, type PipelineVerb } from './pipeline-verbs';
import { expressionsIn, type Finding, jobsOf, stepsOf, type WorkflowFile } from './workflow-files';

const changingVerbs: readonly string[] = ['deploy', 'rollback'];

/** What none of our workflows may do, however convenient. */
export function checkSafety(
  files: readonly WorkflowFile[],
  verbs: readonly PipelineVerb[],
): readonly Finding[] {
  return files.flatMap((file) => {
    const { path, node, text } = file;
    const finding = (message: string): Finding => ({ path, message });
    const concurrency = node['concurrency'];
    const deploys = stepsOf(file).some(({ step }) =>
      changingVerbs.includes(pipelineCall(step, verbs)?.name ?? ''),
    );
    return [
      ...(/pull_request_target/.test(text)
        ? [finding('pull_request_target runs code of strangers with our secrets.')]
        : []),
      ...(deploys && isObject(concurrency) && concurrency['cancel-in-progress'] !== false
        ? [finding('A running deploy must not be cancelled: cancel-in-progress is not false.')]
        : []),
      ...(deploys && concurrency === undefined
        ? [finding('Two deploys of an environment must not overlap: concurrency is missing.')]
        : []),
      ...jobsOf(file)
        .filter(([, job]) => job['uses'] === undefined && job['timeout-minutes'] === undefined)
        .map(([id]) => finding(`Job "${id}" has no time limit.`)),
      ...stepsOf(file).flatMap(({ step }) => [
        ...(pipelineCall(step, verbs) && !String(step['run']).startsWith('exec ')
          ? [finding('A cancellation reaches only the shell of a script: begin with exec.')]
          : []),
        ...(/\bnpm (ci|install)\b(?!.*--ignore-scripts)/.test(String(step['run']))
          ? [finding('A package may run a script next to credentials: add --ignore-scripts.')]
          : []),
        ...(expressionsIn(step['run']).length > 0
          ? [finding('An expression in a script lets its value inject commands. Use env.')]
          : []),
        ...(String(step['uses']).startsWith('actions/checkout@') &&
        !(isObject(step['with']) && step['with']['persist-credentials'] === 'false')
          ? [finding('A checkout leaves its token on the disk: persist-credentials is not false.')]
          : []),
      ]),
    ];
  });
}
