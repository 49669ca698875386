import { awsClients } from '@clarity/aws';
import { mkdir, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { apiEnvironment } from './api-environment';
import { apiProcess } from './api-process';
import { assertEmbeddedAws } from './assert-embedded-aws';
import { assertPortFree } from './assert-port-free';
import { prepareCloud } from './prepare-cloud';
import { isReady, prettyLine } from './log-lines';
import { describeStart } from './describe-start';
import { watchBundle } from './watch-bundle';

export interface ServeOptions {
  readonly port: number;
  /** Of the workspace. */
  readonly root: string;
  /** Resolves when it is to end. */
  readonly stopped: Promise<unknown>;
}

const region = 'us-east-1';
const print = (line: string) => void process.stdout.write(`${line}\n`);

/**
 * Runs the API from its sources, and starts it again whenever they change.
 * @throws DevError if the port is taken, AWS is not an embedded one, there is no model, or the API
 *   does not build
 */
export async function serve({ port, root, stopped }: ServeOptions): Promise<void> {
  const endpoint = assertEmbeddedAws(process.env);
  await assertPortFree(port);
  const outdir = join('.local/dev-api', String(port));
  await linkDocsPage(join(root, outdir));

  const clients = awsClients(region);
  const [cloud, bundle] = await Promise.all([
    prepareCloud(clients, join(root, 'dist/models/pat-s-synthetic')),
    watchBundle(root, outdir),
  ]);
  clients.close();

  const address = `http://127.0.0.1:${port}`;
  let described = false;
  let changedAt = NaN;
  const announce = async () => {
    if (described) return print(`reloaded in ${Date.now() - changedAt} ms`);
    described = true;
    print(await describeStart(address, endpoint, cloud.account));
  };
  const api = apiProcess({
    script: join(root, outdir, 'main.js'),
    env: { ...process.env, ...apiEnvironment(port), ...cloud.variables },
    onLine: (line) => {
      print(prettyLine(line));
      if (isReady(line)) announce().catch((error: Error) => print(error.message));
    },
    onEnd: (how) => print(`The API ended with ${how}; a change of its sources starts it again.`),
  });
  bundle.onRebuilt(() => {
    changedAt = Date.now();
    void api.restart();
  });
  void api.restart();

  await stopped;
  await Promise.all([api.stop(), bundle.stop()]);
}

/** The page finds its files next to the bundle. */
async function linkDocsPage(outdir: string): Promise<void> {
  const { resolve } = createRequire(__filename);
  await mkdir(outdir, { recursive: true });
  const link = join(outdir, 'swagger-ui');
  await rm(link, { force: true });
  await symlink(join(dirname(resolve('@fastify/swagger-ui/package.json')), 'static'), link);
}
