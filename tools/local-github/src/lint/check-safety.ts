import { isObject } from '../runner/workflow/node';
import { expressionsIn, type Finding, jobsOf, stepsOf, type WorkflowFile } from './workflow-files';

/** What no workflow of ours does, however convenient. */
export function checkSafety(files: readonly WorkflowFile[]): readonly Finding[] {
  return files.flatMap((file) => {
    const { path, node, text } = file;
    const say = (message: string): Finding => ({ path, message });
    const concurrency = node['concurrency'];
    const deploys = stepsOf(file).some(({ step }) =>
      /-- (deploy|rollback)/.test(String(step['run'])),
    );
    return [
      ...(/pull_request_target/.test(text)
        ? [say('pull_request_target runs with our secrets for code of strangers.')]
        : []),
      ...(deploys && isObject(concurrency) && concurrency['cancel-in-progress'] !== false
        ? [say('A deploy that has begun must not be cancelled.')]
        : []),
      ...(deploys && concurrency === undefined
        ? [say('Two deploys of an environment must not meet: concurrency is missing.')]
        : []),
      ...jobsOf(file)
        .filter(([, job]) => job['uses'] === undefined && job['timeout-minutes'] === undefined)
        .map(([id]) => say(`Job "${id}" has no time limit.`)),
      ...stepsOf(file).flatMap(({ step }) => [
        ...(expressionsIn(step['run']).length > 0
          ? [
              say(
                'A script has an expression in it; whoever writes its value writes the script. Use env.',
              ),
            ]
          : []),
        ...(String(step['uses']).startsWith('actions/checkout@') &&
        !(isObject(step['with']) && step['with']['persist-credentials'] === 'false')
          ? [say('A checkout leaves its token on the disk: persist-credentials is not false.')]
          : []),
      ]),
    ];
  });
}
