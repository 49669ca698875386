import { existsSync, watch, type FSWatcher } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BuildOptions, BuildResult } from 'esbuild';
import { DevError } from './dev-error';

/** How long files must be quiet before a rebuild, in milliseconds: editors write in bursts. */
const quietMs = 50;

export interface BundleWatch {
  /** Called after each further build; one with errors leaves the bundle as it was. */
  onRebuilt(listener: () => void): void;
  stop(): Promise<void>;
}

/**
 * Bundles the API as `nx build` does, and again whenever a source in it changes.
 * @param outdir from the root of the workspace
 * @throws DevError if the first build has errors, which esbuild has printed
 */
export async function watchBundle(root: string, outdir: string): Promise<BundleWatch> {
  const { context, stop } = await import('esbuild');
  const building = await context({ ...(await settings(root, outdir)), metafile: true });
  let rebuilt = () => {};
  let watchers: readonly FSWatcher[] = [];
  let timer: NodeJS.Timeout | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  const rebuild = async () => {
    const result = await building.rebuild().catch(() => undefined);
    if (result) watchFolders(foldersOf(result));
    return result !== undefined;
  };
  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      // One after the other: esbuild would answer a rebuild with one that began before the change.
      turn = turn.then(rebuild).then((built) => built && rebuilt());
    }, quietMs);
  };
  const closeWatchers = () => watchers.forEach((watcher) => watcher.close());
  // All of them each time: a folder that was removed and made again is another one.
  const watchFolders = (folders: readonly string[]) => {
    closeWatchers();
    watchers = folders.filter(existsSync).map((folder) =>
      watch(folder, (_, file) => {
        if (file?.endsWith('.ts') && !file.endsWith('.spec.ts')) changed();
      }),
    );
  };
  const foldersOf = ({ metafile }: BuildResult<{ metafile: true }>) => {
    const ours = Object.keys(metafile.inputs).filter((file) => !file.includes('node_modules/'));
    return [...new Set(ours.map((file) => dirname(join(root, file))))];
  };

  if (!(await rebuild())) throw new DevError('The API does not build.');
  return {
    onRebuilt: (listener) => {
      rebuilt = listener;
    },
    stop: async () => {
      clearTimeout(timer);
      closeWatchers();
      await building.dispose();
      await stop();
    },
  };
}

/** The settings are a script that `nx build` runs from its sources, so they are not in our bundle. */
async function settings(root: string, outdir: string): Promise<BuildOptions> {
  const script = pathToFileURL(join(root, 'tools/workspace/bundle-settings.mjs')).href;
  const { bundleSettings } = (await import(script)) as {
    bundleSettings(
      project: string,
      entries: readonly string[],
      choices: { outdir: string },
    ): BuildOptions;
  };
  return bundleSettings('apps/api', ['src/main.ts'], { outdir });
}
