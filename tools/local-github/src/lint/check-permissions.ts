import type { Permissions } from '../contract';
import { readPermissions } from '../runner/jobs/permissions';
import { type Finding, jobsOf, pipelineCall, stepsOf, type WorkflowFile } from './workflow-files';

/** What verbs of the pipeline do at GitHub. */
const ofVerbs: Readonly<Record<string, Permissions>> = {
  comment: { 'pull-requests': 'write' },
  review: { 'pull-requests': 'read' },
  drift: { issues: 'write' },
};
const ofActions: Readonly<Record<string, Permissions>> = {
  'actions/checkout': { contents: 'read' },
  'aws-actions/configure-aws-credentials': { 'id-token': 'write' },
};

/** Jobs have the permissions that their steps need, and no right to write beyond. */
export function checkPermissions(files: readonly WorkflowFile[]): readonly Finding[] {
  return files.flatMap((file) =>
    jobsOf(file)
      .filter(([, job]) => job['uses'] === undefined)
      .flatMap(([id, job]) => {
        const given =
          readPermissions(job['permissions']) ?? readPermissions(file.node['permissions']) ?? {};
        const needed = neededBy(file, id);
        const say = (message: string) => ({ path: file.path, message: `Job "${id}" ${message}` });
        return [
          ...Object.entries(needed)
            .filter(([name, access]) => given[name] !== 'write' && given[name] !== access)
            .map(([name, access]) => say(`needs ${name}: ${access}.`)),
          ...Object.entries(given)
            .filter(([name, access]) => access === 'write' && needed[name] !== 'write')
            .map(([name]) => say(`may write ${name}, and has no step that does.`)),
        ];
      }),
  );
}

function neededBy(file: WorkflowFile, job: string): Permissions {
  const all = stepsOf(file)
    .filter((placed) => placed.job === job)
    .flatMap(({ step }) => [
      ofVerbs[pipelineCall(step)?.verb ?? ''] ?? {},
      ofActions[String(step['uses'] ?? '').split('@')[0] ?? ''] ?? {},
    ]);
  return Object.assign({}, ...all) as Permissions;
}
