import { randomUUID } from 'node:crypto';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { parser } from '@clarity/schema';
import Type from 'typebox';
import type { TerraformContext } from '../context';
import type { Stack } from '../stacks/manifest';
import { inPhase } from '../stacks/phase';
import { stateBucketOf } from '../stacks/state-bucket';

const parseState = parser(
  'state of the account stack',
  Type.Object({ lineage: Type.String({ minLength: 1 }) }),
);

/**
 * The key of an account's hashes of changes: the lineage of the account stack's state, a random UUID that Terraform
 * makes once. Jobs that plan and jobs that deploy can read it. A reader of a state can read its secrets too, and learns
 * nothing new from the hashes. Everyone else sees only the hashes: no plan, report or log has the lineage.
 */
export async function reviewKey(
  { clients }: Pick<TerraformContext, 'clients'>,
  stacks: readonly Stack[],
): Promise<string> {
  const [account] = inPhase(stacks, 'bootstrap');
  if (!account) return throwawayKey();
  const { bucket: Bucket, key: Key } = await stateBucketOf(account);
  const s3 = await clients.s3();
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  return parseState(JSON.parse((await Body?.transformToString()) ?? '{}')).lineage;
}

/** For plans that are only shown: no other run gets the same hashes. */
export const throwawayKey = (): string => randomUUID();
