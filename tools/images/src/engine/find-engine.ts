import { existsSync } from 'node:fs';
import type { CleanUps } from '../ending/clean-ups';
import { CannotTest } from '../errors';
import { chooseEngine } from './choose-engine';
import { dockerAt, findClient, type Docker } from './docker';
import { engineHere, installDocker, startOwnEngine } from './own-engine';

export type FoundEngine =
  { readonly docker: Docker; readonly own: boolean } | { readonly skipped: string };

/** Finds a Docker engine, or starts one of its own if it may. */
export async function findEngine(
  { mayInstall }: { readonly mayInstall: boolean },
  clean: CleanUps,
): Promise<FoundEngine> {
  const client = await findClient();
  const host = await engineHere(client?.client ?? 'docker');
  const choice = chooseEngine({
    hasClient: client !== undefined,
    hasEngine: host !== undefined,
    isRoot: process.getuid?.() === 0,
    hasApt: existsSync('/usr/bin/apt-get'),
    mayInstall,
  });
  if (choice.kind === 'skip') return { skipped: choice.reason };
  if (choice.kind === 'use' && client && host !== undefined)
    return { docker: dockerAt(host, client), own: false };
  try {
    await installDocker();
    return { docker: await startOwnEngine(clean), own: true };
  } catch (error) {
    // A machine that cannot get an engine proves nothing about the images.
    if (error instanceof CannotTest) return { skipped: error.message };
    throw error;
  }
}
