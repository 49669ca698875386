import type { AwsContext } from '../../core/context';
import { PipelineError } from '../../errors';

/** `pipeline releases show`. @throws PipelineError `noRelease` */
export async function showRelease({ ledger }: AwsContext, id: string): Promise<string> {
  const release = await ledger.find(id);
  if (!release) throw new PipelineError('noRelease', `No release ${id} in the ledger.`);
  return JSON.stringify(release, null, 2);
}
