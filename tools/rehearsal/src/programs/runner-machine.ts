import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * The environment of the machines of the embedded GitHub: the programs that GitHub's images have, including
 * those that this project fetched itself, and the embedded AWS.
 * @param endpoint of the embedded AWS
 * @param tools folder of programs that come before all others
 */
export function runnerMachine(
  root: string,
  endpoint: string,
  tools: string,
  env: NodeJS.ProcessEnv = process.env,
): Readonly<Record<string, string>> {
  const local = join(root, '.local');
  const ownTerraform = foldersIn(join(local, 'terraform')).filter((folder) =>
    existsSync(join(folder, 'terraform')),
  );
  const path = [tools, join(local, 'moto/bin'), env['PATH'] ?? '', ...ownTerraform];
  const configuration = env['TF_CLI_CONFIG_FILE'];
  return {
    PATH: path.join(delimiter),
    AWS_ENDPOINT_URL: endpoint,
    CLARITY_IMAGE_STORE: join(local, 'images'),
    // The user's own, otherwise the one that the pipeline wrote: no job fetches a provider again.
    TF_CLI_CONFIG_FILE:
      configuration && existsSync(configuration)
        ? configuration
        : join(local, 'terraform/terraform.rc'),
    // `npm run test:images` tests the images: not once more for each pull request.
    DOCKER_HOST: 'unix:///none/docker.sock',
  };
}

function foldersIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).map((name) => join(folder, name));
}
