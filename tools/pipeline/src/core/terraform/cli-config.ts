import { existsSync, readdirSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Workspace } from '../../io/workspace';
import { awsProvider, launcherMirror } from './launcher-mirror';

/** Folders that may be, or directly contain, a provider mirror. */
const mirrorPlaces = ['/usr/share', '/usr/local/share', '/var/lib', '/opt', '/srv'];

/**
 * The environment variables from which Terraform gets its source of providers: the user's own CLI
 * configuration if there is one, else a filesystem mirror found on this machine, else the registry
 * with a plugin cache that all stacks share. How seldom it collects garbage is set here too.
 */
export async function terraformVariables(
  workspace: Workspace,
  processEnv: NodeJS.ProcessEnv = process.env,
): Promise<Record<string, string>> {
  const common = {
    CHECKPOINT_DISABLE: '1',
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
    ...seldomCollected(processEnv),
  };
  const own = processEnv['TF_CLI_CONFIG_FILE'];
  if (own && existsSync(own)) return common;

  const folder = join(workspace.local, 'terraform');
  const pluginCache = join(folder, 'plugins');
  await mkdir(pluginCache, { recursive: true });
  const found = processEnv['CLARITY_TERRAFORM_MIRROR'] ?? findMirror(placesToLook());
  // Terraform runs in the folder of a stack, from where a relative path would lead elsewhere.
  const mirror = found && (await launcherMirror(resolve(found), folder));
  const configPath = join(folder, 'terraform.rc');
  await writeFile(configPath, cliConfiguration({ mirror, pluginCache }));
  return { ...common, TF_CLI_CONFIG_FILE: configPath };
}

/**
 * A third of what a plan computes is Go's collection of garbage while the provider's schemas are read. Collecting at four
 * times the live memory instead of once spares most of it; above the limit per process, Go collects as often as it has to.
 * @see https://go.dev/doc/gc-guide
 */
function seldomCollected({ GOGC = '400', GOMEMLIMIT = '2GiB' }: NodeJS.ProcessEnv) {
  return { GOGC, GOMEMLIMIT };
}

/** A Terraform CLI configuration. A mirror needs no cache: Terraform links its plugins as they are. */
export function cliConfiguration(options: { mirror?: string | undefined; pluginCache: string }) {
  if (!options.mirror) return `plugin_cache_dir = ${JSON.stringify(options.pluginCache)}\n`;
  return `provider_installation {
  filesystem_mirror {
    path    = ${JSON.stringify(options.mirror)}
    include = ["${awsProvider}"]
  }
  direct {
    exclude = ["${awsProvider}"]
  }
}
`;
}

function placesToLook(): string[] {
  const home = homedir();
  const own = [join(home, '.terraform.d'), join(home, '.local/share/terraform')];
  return [...own, ...mirrorPlaces].flatMap((place) => [place, ...childrenOf(place)]);
}

/** @returns the first of `places` that holds the AWS provider */
export function findMirror(places: readonly string[]): string | undefined {
  return places.find((place) => existsSync(join(place, awsProvider)));
}

function childrenOf(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(folder, entry.name));
  } catch {
    return [];
  }
}
