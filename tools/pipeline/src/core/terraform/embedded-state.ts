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

/** Identifies an embedded AWS while it runs; its state has the same mark. */
export const markParameter = '/clarity/local/embedded-aws';

/**
 * An embedded AWS keeps its resources in memory, but Terraform's state of them is in files. State of an
 * earlier one describes resources that are gone, and makes some providers fail, so it is removed.
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
    reporter.info('the embedded AWS was restarted: removing the state of the earlier one');
    await rm(folder, { recursive: true, force: true });
  }
  await mkdir(folder, { recursive: true });
  await writeFile(file, mark);
}

/** Sets the mark if there is none. */
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
