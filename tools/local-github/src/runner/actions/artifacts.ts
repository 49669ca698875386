import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ActionCall, StandIn } from './stand-in';

const storeOf = ({ workFolder, runId }: ActionCall) => join(workFolder, 'artifacts', String(runId));

/** actions/upload-artifact v4, for one folder. */
export const uploadArtifact: StandIn = {
  inputs: ['name', 'path', 'retention-days', 'if-no-files-found'],
  async run(call) {
    const { inputs, workspace, print } = call;
    const { name = 'artifact', path = '' } = inputs;
    const source = join(workspace, path);
    if (!existsSync(source)) {
      const text = `No files were found with the provided path: ${path}. No artifacts will be uploaded.`;
      if (inputs['if-no-files-found'] === 'error') throw new Error(text);
      print(`::warning::${text}`);
      return {};
    }
    const target = join(storeOf(call), name);
    if (existsSync(target))
      throw new Error(
        `Failed to CreateArtifact: an artifact with this name already exists (${name})`,
      );
    await mkdir(storeOf(call), { recursive: true });
    await cp(source, target, { recursive: true });
    print(`Artifact ${name} has been successfully uploaded`);
    return {};
  },
};

/** actions/download-artifact v4: one by name, or those that match, each into a folder of its name. */
export const downloadArtifact: StandIn = {
  inputs: ['name', 'pattern', 'path'],
  async run(call) {
    const { inputs, workspace, print } = call;
    const { name, pattern, path = '.' } = inputs;
    const target = join(workspace, path);
    const all = existsSync(storeOf(call)) ? await readdir(storeOf(call)) : [];
    if (name) {
      if (!all.includes(name))
        throw new Error(`Unable to download artifact(s): Artifact not found for name: ${name}`);
      await cp(join(storeOf(call), name), target, { recursive: true });
      return {};
    }
    const wanted = all.filter((candidate) => matches(candidate, pattern ?? '*'));
    print(`Total of ${wanted.length} artifact(s) downloaded`);
    for (const each of wanted) {
      await rm(join(target, each), { recursive: true, force: true });
      await cp(join(storeOf(call), each), join(target, each), { recursive: true });
    }
    return {};
  },
};

function matches(name: string, pattern: string): boolean {
  const [before = '', after] = pattern.split('*');
  return after === undefined ? name === before : name.startsWith(before) && name.endsWith(after);
}
