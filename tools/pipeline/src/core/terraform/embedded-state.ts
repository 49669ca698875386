import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  GetParameterCommand,
  ParameterAlreadyExists,
  ParameterNotFound,
  PutParameterCommand,
  type SSMClient,
} from '@aws-sdk/client-ssm';
import type { Reporter } from '../../io/reporter';

/** Names an embedded AWS as long as it runs; the state that belongs to it carries the same mark. */
export const markParameter = '/clarity/local/embedded-aws';

/**
 * An embedded AWS keeps its resources in memory, but Terraform's state of them lies in files. What an
 * earlier one left is about resources that are gone, and some providers fail on it, so it goes too.
 */
export async function forgetEarlierState(
  ssm: SSMClient,
  folder: string,
  reporter: Reporter,
): Promise<void> {
  const file = join(folder, 'embedded-aws');
  const mark = await markOf(ssm);
  const earlier = await readFile(file, 'utf8').catch(() => undefined);
  if (earlier === mark) return;
  if (existsSync(folder)) {
    reporter.info('the embedded AWS was restarted: forgetting the state of the earlier one');
    await rm(folder, { recursive: true, force: true });
  }
  await mkdir(folder, { recursive: true });
  await writeFile(file, mark);
}

/** The first one to ask sets it. */
async function markOf(ssm: SSMClient): Promise<string> {
  const found = await readMark(ssm);
  if (found !== undefined) return found;
  const mark = randomUUID();
  try {
    await ssm.send(new PutParameterCommand({ Name: markParameter, Value: mark, Type: 'String' }));
    return mark;
  } catch (error) {
    if (error instanceof ParameterAlreadyExists) return markOf(ssm);
    throw error;
  }
}

async function readMark(ssm: SSMClient): Promise<string | undefined> {
  try {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: markParameter }));
    return Parameter?.Value;
  } catch (error) {
    if (error instanceof ParameterNotFound) return undefined;
    throw error;
  }
}
