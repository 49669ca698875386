import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { jsonParser } from '@clarity/schema';
import Type from 'typebox';
import { CannotStartContainer } from './task-runtime';

/** An image in process mode: a folder of a built app, named by the digest of its image.json. */
export interface ProcessImage {
  readonly folder: string;
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

const parseImage = jsonParser(
  'image.json',
  Type.Object({
    schema: Type.Literal(1),
    name: Type.String(),
    command: Type.Array(Type.String(), { minItems: 1 }),
    environment: Type.Optional(Type.Record(Type.String(), Type.String())),
  }),
);

const digestPattern = /@sha256:([0-9a-f]{64})$/;

/** Finds an image in the store; undefined if the store does not have it. */
export async function findImage(
  store: string,
  reference: string,
): Promise<ProcessImage | undefined> {
  const digest = digestPattern.exec(reference)?.[1];
  if (!digest) return undefined;
  const folder = join(store, `sha256-${digest}`);
  const text = await readFile(join(folder, 'image.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const { command, environment = {} } = parseImage(text);
    return { folder, command, environment };
  } catch (cause) {
    const message = `CannotPullContainerError: image.json of ${reference} is malformed`;
    throw new CannotStartContainer(message, { cause });
  }
}

/**
 * What to run, as an engine puts it together: `entryPoint` replaces the image's (it has none), and
 * either one drops the image's own command.
 */
export function commandLine(
  image: ProcessImage,
  { entryPoint, command }: { entryPoint?: readonly string[]; command?: readonly string[] },
): readonly string[] {
  if (!entryPoint?.length) return command?.length ? command : image.command;
  return [...entryPoint, ...(command ?? [])];
}
