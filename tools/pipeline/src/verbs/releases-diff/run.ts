import type { AwsContext } from '../../core/context';
import { apps } from '../../core/names';
import type { Release } from '../../core/releases/release';
import { PipelineError } from '../../errors';

/**
 * `pipeline releases diff`: what a change from one release to another means for each app, one line per fact.
 * @throws PipelineError `noRelease`
 */
export async function compareReleases(
  { ledger }: AwsContext,
  from: string,
  to: string,
): Promise<string> {
  const [a, b] = await Promise.all([existing(ledger, from), existing(ledger, to)]);
  const lines = [
    changed('commit', a.gitSha, b.gitSha),
    ...apps.flatMap((app) => [
      changed(`${app} image`, a.images[app], b.images[app]),
      changed(`${app} task definition`, a.taskDefinitions[app], b.taskDefinitions[app]),
    ]),
  ];
  return lines.filter((line) => line !== undefined).join('\n') || 'They run the same.';
}

async function existing(ledger: AwsContext['ledger'], id: string): Promise<Release> {
  const release = await ledger.find(id);
  if (!release) throw new PipelineError('noRelease', `No release ${id} in the ledger.`);
  return release;
}

function changed(what: string, from: string, to: string): string | undefined {
  return from === to ? undefined : `${what}: ${from} → ${to}`;
}
