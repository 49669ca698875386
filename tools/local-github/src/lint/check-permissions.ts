import type { Permissions } from '../contract';
import { readPermissions } from '../runner/jobs/permissions';
import { pipelineCall, type PipelineVerb } from './pipeline-verbs';
import { type Finding, jobsOf, stepsOf, type WorkflowFile } from './workflow-files';

const ofActions: Readonly<Record<string, Permissions>> = {
  'actions/checkout': { contents: 'read' },
  'aws-actions/configure-aws-credentials': { 'id-token': 'write' },
};

/** Jobs have the permissions that their steps need, and may not write anything else. */
export function checkPermissions(
  files: readonly WorkflowFile[],
  verbs: readonly PipelineVerb[],
): readonly Finding[] {
  return files.flatMap((file) =>
    jobsOf(file)
      .filter(([, job]) => job['uses'] === undefined)
      .flatMap(([id, job]) => {
        const given =
          readPermissions(job['permissions']) ?? readPermissions(file.node['permissions']) ?? {};
        const needed = neededBy(file, id, verbs);
        const finding = (message: string) => ({
          path: file.path,
          message: `Job "${id}" ${message}`,
        });
        return [
          ...Object.entries(needed)
            .filter(([name, access]) => given[name] !== 'write' && given[name] !== access)
            .map(([name, access]) => finding(`needs the permission ${name}: ${access}.`)),
          ...Object.entries(given)
            .filter(([name, access]) => access === 'write' && needed[name] !== 'write')
            .map(([name]) => finding(`has the permission ${name}: write, which no step needs.`)),
        ];
      }),
  );
}

function neededBy(
  file: WorkflowFile,
  job: string,
  verbs: readonly PipelineVerb[],
): Readonly<Record<string, string>> {
  const all = stepsOf(file)
    .filter((placed) => placed.job === job)
    .flatMap(({ step }) => [
      pipelineCall(step, verbs)?.verb?.github ?? {},
      ofActions[String(step['uses'] ?? '').split('@')[0] ?? ''] ?? {},
    ])
    .flatMap((permissions) => Object.entries(permissions));
  const write = all.filter(([, access]) => access === 'write');
  return Object.fromEntries([...all, ...write]);
}
