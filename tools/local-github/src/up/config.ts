import { readFile } from 'node:fs/promises';
import { parser, ValidationError } from '@clarity/schema';
import Type, { type Static } from 'typebox';

const texts = Type.Record(Type.String(), Type.String());
const path = Type.String({ minLength: 1 });

const configSchema = Type.Object(
  {
    /** A Git repository that has every commit which is talked about. */
    repositoryFolder: path,
    /** Checkouts, caches and artifacts go below it; local-github.json says there how we are reached. */
    workFolder: path,
    /** Before `:` and the subject in an identity's `sub`. */
    subjectPrefix: Type.Optional(Type.String()),
    /** `vars.*`. */
    variables: texts,
    /** What a runner's machine has in its environment. */
    machine: texts,
    /** Beginning of a cache's key → folder with what is in it. */
    cacheSeeds: texts,
    /** Environments whose jobs start without asking anybody; of any other, approval is refused. */
    approved: Type.Array(Type.String()),
  },
  { additionalProperties: false },
);

export type Config = Static<typeof configSchema>;

const parseConfig = parser('configuration of the embedded GitHub', configSchema);

/** @throws ValidationError where the file is not there, no JSON, or not of that shape */
export async function readConfig(file: string): Promise<Config> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new ValidationError(`${file} cannot be read.`, [], { cause });
  });
  try {
    return parseConfig(JSON.parse(text));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ValidationError(`${file} is no JSON: ${error.message}`);
  }
}
