import { readFile, writeFile } from 'node:fs/promises';
import { Command, Option } from 'commander';
import {
  attentionSchema,
  precisionSchema,
  type Attention,
  type ModelManifest,
  type Precision,
} from '@clarity/domain';
import { ImportError } from './weights/import-error';
import { makeBundle } from './bundle/make-bundle';
import { scalingOption } from './bundle/scaling-option';
import { verifyBundle } from './bundle/verify-bundle';
import { writeBundle } from './bundle/write-bundle';
import { architectures } from './pat/architecture';
import type { ExecutionProvider } from './inference/onnx-session';
import { fastestAttention } from './bundle/fastest-attention';
import { syntheticWeightsFile } from './weights/pat-weights-file';

/** The operator's tool next to the worker: weight files in, model bundles out. */

interface ImportFlags {
  readonly size: ModelManifest['size'];
  readonly out: string;
  readonly scaling: string;
  readonly name?: string;
  readonly weightsSha256?: string;
  readonly device: ExecutionProvider;
  readonly attention?: Attention;
  readonly precision: Precision;
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
  if (flags.precision === 'float16' && flags.device === 'cpu')
    throw new ImportError('float16 is for --device cuda: a CPU converts every number of it.');
  const bytes = await readFile(file).catch((cause: Error) => {
    throw new ImportError(`${file} cannot be read: ${cause.message}`, { cause });
  });
  const bundle = await makeBundle(bytes, {
    size: flags.size,
    name,
    scaling: await scalingOption(flags.scaling),
    attention: flags.attention ?? fastestAttention(flags.size, flags.device),
    precision: flags.precision,
    ...(flags.weightsSha256 === undefined ? {} : { pin: flags.weightsSha256.toLowerCase() }),
  });
  await writeBundle(bundle, flags.out);
  const { parameters, weights, weightsSha256, attention, float16 } = bundle.manifest;
  say(`${name}: PAT-${flags.size}, ${parameters} parameters, ${attention} attention`);
  if (float16 !== undefined) say(`float16, off by at most ${float16.error} from float32`);
  say(`${weights} weights ${weightsSha256}`);
  if (bundle.ignored.length > 0)
    say(`left out, because PAT has no such tensors: ${bundle.ignored.join(', ')}`);
  say(`written to ${flags.out}`);
}

async function synthesize(flags: { size: ModelManifest['size']; out: string }): Promise<void> {
  const bytes = await syntheticWeightsFile(architectures[flags.size]);
  await writeFile(flags.out, bytes).catch((cause: Error) => {
    throw new ImportError(`${flags.out} cannot be written: ${cause.message}`, { cause });
  });
  say(`PAT-${flags.size} with synthetic weights (no clinical meaning) written to ${flags.out}`);
}

async function verify(folder: string, flags: { device: ExecutionProvider }): Promise<void> {
  const { manifest, selfTestError } = await verifyBundle(folder, flags.device).catch(
    (cause: Error) => {
      throw new ImportError(cause.message, { cause });
    },
  );
  const { name, size, weights, weightsSha256, graph, selfTest } = manifest;
  say(`${name}: PAT-${size}, ${weights} weights`);
  say(`weights SHA-256 ${weightsSha256}`);
  say(`graph SHA-256 ${graph.sha256}`);
  say(`self-test on ${flags.device}: off by ${selfTestError}, tolerance ${selfTest.tolerance}`);
}

const program = new Command('model').description(
  'Makes and verifies model bundles for the worker.',
);
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
    new Option('--device <device>', 'what it will run on; decides how attention is written')
      .choices(['cpu', 'cuda'])
      .default('cpu'),
  )
  .addOption(
    new Option('--attention <form>', 'the same function, written so instead').choices(
      attentionSchema.enum,
    ),
  )
  .addOption(
    new Option('--precision <type>', 'what the graph computes with')
      .choices(precisionSchema.enum)
      .default('float32'),
  )
  .action(importWeights);
program
  .command('synthesize')
  .description('writes an .h5 file with seeded synthetic weights, for rehearsals')
  .addOption(size())
  .requiredOption('--out <file.h5>')
  .action(synthesize);

program
  .command('verify')
  .description('opens a bundle as the worker does; exit code 1 if it would not serve it')
  .argument('<folder>')
  .addOption(
    new Option('--device <device>', 'what runs the graph').choices(['cpu', 'cuda']).default('cpu'),
  )
  .action(verify);

program.parseAsync().catch((error: unknown) => {
  const text = error instanceof ImportError ? error.message : String((error as Error).stack);
  process.stderr.write(`model: ${text}\n`);
  process.exitCode = 1;
});
