import { readFile } from 'node:fs/promises';
import { jsonParser, ValidationError } from '@clarity/schema';
import Type, { type Static } from 'typebox';

const texts = Type.Record(Type.String(), Type.String());
const path = Type.String({ minLength: 1 });

const configSchema = Type.Object(
  {
    /** A Git repository with every commit that an event names. */
    repositoryFolder: path,
    /** For checkouts, caches and artifacts; local-github.json in it holds our addresses. */
    workFolder: path,
    /** Before `:` and the subject in an identity's `sub`. */
    subjectPrefix: Type.Optional(Type.String()),
    /** `vars.*`. */
    variables: texts,
    /** The environment of a runner's machine. */
    machine: texts,
    /** Start of a cache key → folder with its contents. */
    cacheSeeds: texts,
    /** Environments whose jobs are approved; for any other, approval is refused. */
    approved: Type.Array(Type.String()),
  },
  { additionalProperties: false },
);

export type RunnerConfig = Static<typeof configSchema>;

const parseConfig = jsonParser('configuration of the embedded GitHub', configSchema);

/** @throws ValidationError if the file does not exist, is not JSON, or does not fit the schema */
export async function readConfig(file: string): Promise<RunnerConfig> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new ValidationError(`${file} cannot be read.`, [], { cause });
  });
  return parseConfig(text);
}
