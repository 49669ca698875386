import { type Finding, stepsOf, type WorkflowFile } from './workflow-files';

/** Third-party actions are pinned to a commit, with its version in a comment, and the same everywhere. */
export function checkPins(files: readonly WorkflowFile[]): readonly Finding[] {
  const commits = new Map<string, string>();
  return files.flatMap((file) =>
    stepsOf(file).flatMap(({ path, step }): Finding[] => {
      const uses = String(step['uses'] ?? './');
      if (uses.startsWith('./')) return [];
      const { name = '', commit } =
        /^(?<name>[^@]+)@(?<commit>[0-9a-f]{40})$/.exec(uses)?.groups ?? {};
      if (!commit) return [{ path, message: `${uses} is not pinned to a commit.` }];
      if (!new RegExp(`@${commit} # v\\d+\\.\\d+\\.\\d+`).test(file.text))
        return [{ path, message: `${name} has no comment with the version of its commit.` }];
      const elsewhere = commits.get(name) ?? commit;
      commits.set(name, commit);
      return elsewhere === commit
        ? []
        : [{ path, message: `${name} is pinned to another commit elsewhere.` }];
    }),
  );
}
