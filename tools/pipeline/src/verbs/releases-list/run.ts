import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SSMClient } from '@aws-sdk/client-ssm';
import { region, type EnvironmentName } from '../../core/environment';
import { PipelineError } from '../../core/errors';
import { namesOf } from '../../core/names';
import { releaseLedger } from '../../core/releases/ledger';
import { readPointer } from '../../core/releases/pointer';
import type { Release } from '../../core/releases/release';

/** `pipeline releases list`: newest first, the current one marked. */
export async function listReleases(environment: EnvironmentName, limit: number): Promise<string> {
  const { table } = namesOf(environment);
  const [history, current] = await Promise.all([
    releaseLedger(new DynamoDBClient({ region }), table).list(limit),
    readPointer(new SSMClient({ region }), environment),
  ]);
  if (history.length === 0) return `Nothing was released to ${environment} yet.`;
  return history.map((release) => describeRelease(release, release.id === current?.id)).join('\n');
}

/** One line: what is current, when, what, how it went, who. */
export function describeRelease(release: Release, isCurrent: boolean): string {
  const { id, kind, outcome, actor, restores, reason } = release;
  const what = restores ? `${kind} to ${restores}` : kind;
  const why = reason ? ` (${reason})` : '';
  return `${isCurrent ? '*' : ' '} ${id}  ${outcome.padEnd(19)}  ${what} by ${actor}${why}`;
}

/** `pipeline releases show`. @throws PipelineError `noRelease` */
export async function showRelease(environment: EnvironmentName, id: string): Promise<string> {
  const ledger = releaseLedger(new DynamoDBClient({ region }), namesOf(environment).table);
  const release = await ledger.find(id);
  if (!release) throw new PipelineError('noRelease', `The ledger knows of no release ${id}.`);
  return JSON.stringify(release, null, 2);
}
