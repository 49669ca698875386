import { join } from 'node:path';
import { parser } from '@clarity/schema';
import Type from 'typebox';
import { workspaceRoot } from '@clarity/host';

/** What the environment says; everything else comes from the command line. */
export interface Settings {
  /** Process-mode images: `sha256-<digest>/` each. */
  readonly imageStore: string;
  /** What outlives a run but is never committed. */
  readonly localFolder: string;
}

const parseEnvironment = parser(
  'environment',
  Type.Object({ CLARITY_IMAGE_STORE: Type.Optional(Type.String({ minLength: 1 })) }),
);

/** @throws ValidationError if a variable is malformed */
export function readSettings(
  environment: NodeJS.ProcessEnv = process.env,
  workspace: string = workspaceRoot() ?? process.cwd(),
): Settings {
  const { CLARITY_IMAGE_STORE } = parseEnvironment(environment);
  const localFolder = join(workspace, '.local');
  return { localFolder, imageStore: CLARITY_IMAGE_STORE ?? join(localFolder, 'images') };
}
