import { haveNodeImage } from './base-image/node-image';
import { buildImage, layersOf, rebuildLayers } from './build/build-image';
import { composedStack } from './compose/compose';
import { inspectContents } from './contents/inspect-contents';
import type { CleanUps } from './ending/clean-ups';
import type { Docker } from './engine/docker';
import { runHardened } from './hardened/run-hardened';
import { waitHealthy } from './hardened/wait-healthy';
import { appImages, type AppImage } from './images';
import { pushAndPull } from './registry/push-image';
import { startRegistry } from './registry/loopback-registry';
import { below, same, skipped, measured, type Finding } from './report/findings';

const megabyte = 1e6;

export interface Testing {
  readonly docker: Docker;
  readonly root: string;
  readonly revision: string;
  readonly clean: CleanUps;
  readonly tell: (line: string) => void;
  readonly find: (finding: Finding) => void;
}

/** The whole test: base, builds, contents, registry, Compose, hardened runs. */
export async function testImages(testing: Testing): Promise<void> {
  const { docker, find, tell, clean } = testing;
  tell('base image');
  const [source, seconds] = await timed(() => haveNodeImage(docker, clean));
  find(measured('base image', source, seconds, 's'));

  for (const image of appImages) await testBuild(testing, image);

  tell('registry');
  const references = new Map(appImages.map((image) => [image, image.tag]));
  const registry = await startRegistry(docker, clean);
  if (!registry) find(skipped('registry', 'push', 'no registry is available'));
  else
    for (const image of appImages) {
      const [pushed, seconds] = await timed(() => pushAndPull(docker, registry, image));
      references.set(image, pushed.reference);
      find(measured(image.app, 'pushed, pulled by digest', seconds, 's'));
      const size = pushed.compressedBytes / megabyte;
      find(below(image.app, 'compressed size', size, image.sizeGoal, 'MB'));
    }
  await testRuns(testing, references);
}

async function testBuild(testing: Testing, image: AppImage): Promise<void> {
  const { docker, root, revision, find, tell } = testing;
  tell(`build ${image.app}`);
  const [, seconds] = await timed(() => buildImage(docker, root, image, revision));
  find(measured(image.app, 'built in', seconds, 's'));
  const label = '{{index .Config.Labels "org.opencontainers.image.revision"}}';
  const labelled = await docker.run(['image', 'inspect', '--format', label, image.tag]);
  find(same(image.app, 'revision label', labelled, revision));

  const layers = await layersOf(docker, image.tag);
  const again = await rebuildLayers(docker, root, image);
  const equal = layers.every((layer, index) => layer === again.slice(-layers.length)[index]);
  find(
    same(image.app, 'built twice', equal ? 'the same layers' : 'other layers', 'the same layers'),
  );

  const { files, unwanted, holdsCertificates } = await inspectContents(docker, image.tag);
  find(same(image.app, `unwanted among ${files} files`, unwanted.join(' ') || 'none', 'none'));
  find(same(image.app, 'CA bundle of the build', holdsCertificates ? 'inside' : 'none', 'none'));
}

async function testRuns(
  { docker, root, find, tell, clean }: Testing,
  references: ReadonlyMap<AppImage, string>,
): Promise<void> {
  const stack = await composedStack(docker, root, clean);
  if (!stack) return find(skipped('compose', 'up until healthy', 'there is no Compose'));
  tell('compose up');
  const [, seconds] = await timed(async () => {
    await stack.up();
    for (const { service } of appImages)
      await waitHealthy(docker, await stack.containerOf(service));
  });
  find(measured('compose', 'up until healthy', seconds, 's'));
  const api = await stack.containerOf('api');
  const ask = `fetch('http://127.0.0.1:8080/readyz').then(({ status }) => console.log(status))`;
  const status = await docker.run(['exec', api, 'node', '--eval', ask]);
  find(same('compose', 'readyz of the API', status, '200'));

  for (const [image, reference] of references) {
    tell(`run ${image.app} hardened`);
    const surroundings = {
      network: stack.network,
      like: await stack.containerOf(image.service),
    };
    const run = await runHardened(docker, image, reference, surroundings, clean);
    const about = image.app;
    find(measured(about, 'healthy after', run.secondsToHealthy, 's'));
    find(measured(about, `memory, of ${image.memory}`, run.memoryMiB, 'MiB'));
    find(same(about, 'user', run.uid, '65532'));
    find(same(about, 'capabilities', run.capabilities, '0000000000000000'));
    find(same(about, 'no new privileges', run.noNewPrivileges, '1'));
    find(same(about, 'writable but /tmp', run.writable.join(' ') || 'nothing', 'nothing'));
    find(below(about, 'SIGTERM to exit', run.secondsToExit, image.exitGoal, 's'));
    find(same(about, 'exit code', String(run.exitCode), '0'));
  }
}

async function timed<Result>(work: () => Promise<Result>): Promise<[Result, number]> {
  const started = performance.now();
  const result = await work();
  return [result, (performance.now() - started) / 1_000];
}
