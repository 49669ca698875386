import { standInFor } from '../runner/actions';
import { type Finding, stepsOf, type WorkflowFile } from './workflow-files';

/**
 * Third-party actions are pinned to a commit, with its version in a comment, the same everywhere, and of the
 * major version as which their stand-in behaves.
 */
export function checkPins(files: readonly WorkflowFile[]): readonly Finding[] {
  const commits = new Map<string, string>();
  return files.flatMap((file) =>
    stepsOf(file).flatMap(({ path, step }): Finding[] => {
      const uses = String(step['uses'] ?? './');
      if (uses.startsWith('./')) return [];
      const { name = '', commit } =
        /^(?<name>[^@]+)@(?<commit>[0-9a-f]{40})$/.exec(uses)?.groups ?? {};
      if (!commit) return [{ path, message: `${uses} is not pinned to a commit.` }];
      const [, major] = new RegExp(`@${commit} # (v\\d+)\\.\\d+\\.\\d+`).exec(file.text) ?? [];
      if (!major)
        return [{ path, message: `${name} has no comment with the version of its commit.` }];
      const { version } = standInFor(uses);
      if (major !== version)
        return [{ path, message: `${name} is ${major}, its stand-in behaves like ${version}.` }];
      const elsewhere = commits.get(name) ?? commit;
      commits.set(name, commit);
      return elsewhere === commit
        ? []
        : [{ path, message: `${name} is pinned to another commit elsewhere.` }];
    }),
  );
}
