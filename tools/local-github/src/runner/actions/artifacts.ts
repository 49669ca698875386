import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { NotSupported } from '../not-supported';
import type { ActionCall, StandIn } from './stand-in';

const storeOf = ({ workFolder, runId }: ActionCall) => join(workFolder, 'artifacts', String(runId));

/** actions/upload-artifact, for one file or folder; hidden files stay out. */
export const uploadArtifact: StandIn = {
  version: 'v7',
  inputs: ['name', 'path', 'retention-days', 'if-no-files-found'],
  async run(call) {
    const { inputs, workspace, print } = call;
    const { name = 'artifact', path = '' } = inputs;
    if (/[\n*?[\]!~]/.test(path.trim()))
      throw new NotSupported(`patterns and several paths in an artifact: ${path}`);
    const source = join(workspace, path.trim());
    const files = existsSync(source) ? await filesIn(source) : [];
    if (files.length === 0) {
      const text = `No files were found with the provided path: ${path}. No artifacts will be uploaded.`;
      if (inputs['if-no-files-found'] === 'error') throw new Error(text);
      if (inputs['if-no-files-found'] !== 'ignore') print(`::warning::${text}`);
      return {};
    }
    const target = join(storeOf(call), name);
    if (existsSync(target))
      throw new Error(
        `Failed to CreateArtifact: an artifact with this name already exists (${name})`,
      );
    for (const file of files) await cp(join(source, file), join(target, file || basename(source)));
    print(`Artifact ${name} has been successfully uploaded`);
    return {};
  },
};

/** Below a folder; for a file, an empty name. */
async function filesIn(source: string): Promise<readonly string[]> {
  if ((await stat(source)).isFile()) return [''];
  const entries = await readdir(source, { recursive: true });
  const shown = entries.filter((entry) => !entry.split('/').some((part) => part.startsWith('.')));
  const isFile = await Promise.all(
    shown.map(async (entry) => (await stat(join(source, entry))).isFile()),
  );
  return shown.filter((_, index) => isFile[index]);
}

/**
 * actions/download-artifact: one by name, or those that match, each into a folder of its name unless it is
 * the only one.
 */
export const downloadArtifact: StandIn = {
  version: 'v8',
  inputs: ['name', 'pattern', 'path'],
  async run(call) {
    const { inputs, workspace, print } = call;
    const { name, pattern, path = '.' } = inputs;
    const target = join(workspace, path);
    const all = existsSync(storeOf(call)) ? await readdir(storeOf(call)) : [];
    if (name && !all.includes(name))
      throw new Error(`Unable to download artifact(s): Artifact not found for name: ${name}`);
    const wanted = name ? [name] : all.filter((each) => matches(each, pattern ?? '*'));
    for (const each of wanted) {
      const into = wanted.length === 1 ? target : join(target, each);
      await mkdir(into, { recursive: true });
      await cp(join(storeOf(call), each), into, { recursive: true });
    }
    print(`Total of ${wanted.length} artifact(s) downloaded`);
    return { outputs: { 'download-path': target } };
  },
};

function matches(name: string, pattern: string): boolean {
  if (/[?[\]{}!]|\*.*\*/.test(pattern)) throw new NotSupported(`the artifact pattern ${pattern}`);
  const [before = '', after] = pattern.split('*');
  return after === undefined ? name === before : name.startsWith(before) && name.endsWith(after);
}
