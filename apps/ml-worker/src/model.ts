import { readFile, writeFile } from 'node:fs/promises';
import { Command, Option } from 'commander';
import type { ModelManifest } from '@clarity/domain';
import { ImportError } from './weights/import-error';
import { makeBundle } from './bundle/make-bundle';
import { scalingOption } from './bundle/scaling-option';
import { writeBundle } from './bundle/write-bundle';
import { architectures } from './pat/architecture';
import type { Attention } from './pat/encoder-graph';
import { syntheticWeightsFile } from './weights/pat-weights-file';

/** The operator's tool next to the worker: weight files in, model bundles out. */

interface ImportFlags {
  readonly size: ModelManifest['size'];
  readonly out: string;
  readonly scaling: string;
  readonly name?: string;
  readonly weightsSha256?: string;
  readonly attention: Attention;
}

const say = (line: string) => process.stdout.write(`${line}\n`);
const size = () =>
  new Option('--size <size>', 'size of the model')
    .choices(Object.keys(architectures))
    .makeOptionMandatory();

async function importWeights(file: string, flags: ImportFlags): Promise<void> {
  const name = flags.name ?? `pat-${flags.size.toLowerCase()}`;
  if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(name))
    throw new ImportError(
      `"${name}" is not a name: use at most 64 lower-case letters, digits and dashes.`,
    );
  const bytes = await readFile(file).catch((cause: Error) => {
    throw new ImportError(`${file} cannot be read: ${cause.message}`, { cause });
  });
  const bundle = await makeBundle(bytes, {
    size: flags.size,
    name,
    scaling: await scalingOption(flags.scaling),
    attention: flags.attention,
    ...(flags.weightsSha256 === undefined ? {} : { pin: flags.weightsSha256.toLowerCase() }),
  });
  await writeBundle(bundle, flags.out);
  const { parameters, weights, weightsSha256 } = bundle.manifest;
  say(`${name}: PAT-${flags.size}, ${parameters} parameters, ${weights} weights ${weightsSha256}`);
  if (bundle.ignored.length > 0)
    say(`left out, because PAT has no such tensors: ${bundle.ignored.join(', ')}`);
  say(`written to ${flags.out}`);
}

async function synthesize(flags: { size: ModelManifest['size']; out: string }): Promise<void> {
  await writeFile(flags.out, await syntheticWeightsFile(architectures[flags.size]));
  say(`PAT-${flags.size} with synthetic weights (no clinical meaning) written to ${flags.out}`);
}

const program = new Command('model').description('Makes model bundles for the worker.');
program
  .command('import')
  .description('makes a bundle (graph and manifest) of an .h5 weight file')
  .argument('<file.h5>')
  .addOption(size())
  .requiredOption('--out <folder>', 'folder of the bundle')
  .option(
    '--scaling <scaling>',
    'z-score, none, scalar:<mean>,<deviation>, per-minute:<file>',
    'z-score',
  )
  .option('--name <name>', 'name of the model; pat-<size> otherwise')
  .option(
    '--weights-sha256 <hash>',
    'refuse a file with another hash; the weights are "pinned" then',
  )
  .addOption(
    new Option('--attention <form>', 'the same function written in two ways; plain is slower')
      .choices(['merged', 'plain'])
      .default('merged'),
  )
  .action(importWeights);
program
  .command('synthesize')
  .description('writes an .h5 file with seeded synthetic weights, for rehearsals')
  .addOption(size())
  .requiredOption('--out <file.h5>')
  .action(synthesize);

program.parseAsync().catch((error: unknown) => {
  const text = error instanceof ImportError ? error.message : String((error as Error).stack);
  process.stderr.write(`model: ${text}\n`);
  process.exitCode = 1;
});
