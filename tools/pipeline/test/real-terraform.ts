import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findTerraform } from '../src/core/terraform/install';
import { terraformIn, type Terraform } from '../src/core/terraform/terraform';
import { findWorkspace } from '../src/io/workspace';

const silent = { step: () => {}, info: () => {}, warn: () => {} };

/** The Terraform of this machine: the one on PATH, or the pinned one. */
export const installedTerraform = () => findTerraform(findWorkspace(resolve(__dirname)), silent);

/** Resources of a stack as Terraform's JSON configuration; built-in resources need no provider. */
export type Configuration = Readonly<Record<string, unknown>>;

/** A stack with a local state, and the real Terraform in its folder. */
export async function realStack(signal?: AbortSignal) {
  const folder = await mkdtemp(join(tmpdir(), 'real-stack-'));
  const program = await installedTerraform();
  const state = join(folder, 'state', 'stack.tfstate');
  await mkdir(join(folder, 'state'));
  const terraform: Terraform = terraformIn(folder, {
    program,
    variables: { CHECKPOINT_DISABLE: '1', TF_CLI_CONFIG_FILE: '/dev/null' },
    signal,
  });
  return {
    folder,
    state,
    terraform,
    /** From now on the stack's code is this. */
    async write(code: Configuration): Promise<void> {
      const backend = { backend: { local: { path: state } } };
      await writeFile(join(folder, 'cdk.tf.json'), JSON.stringify({ terraform: backend, ...code }));
    },
    /** Its managed resources, and the id of each, as the state has them. */
    async resources(): Promise<Readonly<Record<string, string>>> {
      const { resources } = JSON.parse(await readFile(state, 'utf8')) as {
        resources: { type: string; name: string; instances: { attributes: { id: string } }[] }[];
      };
      return Object.fromEntries(
        resources.map(({ type, name, instances }) => [
          `${type}.${name}`,
          instances[0]?.attributes.id ?? '',
        ]),
      );
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
