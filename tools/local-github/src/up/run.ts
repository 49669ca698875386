import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceJson } from '@clarity/host';
import { embeddedGitHub } from '../runner/embedded-github';
import { startServer } from '../server/start-server';
import { readConfig } from './config';
import { startControl } from './control';

export interface UpOptions {
  readonly config: string;
  readonly print: (line: string) => void;
}

/** Runs the embedded GitHub until SIGINT or SIGTERM; jobs that run then are cancelled. */
export async function up({ config, print }: UpOptions): Promise<void> {
  const { repositoryFolder, workFolder, subjectPrefix, approved, ...rest } =
    await readConfig(config);
  await mkdir(workFolder, { recursive: true });
  const stopping = new AbortController();
  const server = await startServer(subjectPrefix === undefined ? {} : { subjectPrefix });
  const runner = embeddedGitHub({
    ...rest,
    server,
    repositoryFolder,
    workFolder,
    secrets: {},
    approve: async (environment) => approved.includes(environment),
    signal: stopping.signal,
  });
  const control = await startControl({ server, runner });
  await replaceJson(join(workFolder, 'local-github.json'), {
    api: server.url,
    control: control.url,
  });
  print(`Ready: GitHub's API at ${server.url}, control at ${control.url}`);

  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  stopping.abort();
  await control.close();
  await server.close();
  print('stopped');
}
