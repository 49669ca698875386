import {
  minutesPerWeek,
  type Attention,
  type ModelManifest,
  type Precision,
  type Scaling,
} from '@clarity/domain';
import { sha256Of } from '@clarity/schema';
import { openEncoder } from '../inference/onnx-session';
import { probeWeek } from '../inference/probe-week';
import { scaleWeek } from '../inference/scale-week';
import { encodeOnnx } from '../onnx/onnx-format';
import { architectures, parametersOf } from '../pat/architecture';
import { encoderGraph } from '../pat/encoder-graph';
import { fastestAttention } from './fastest-attention';
import { float16Error } from './float16-error';
import { readWeightsFile } from '../weights/pat-weights-file';
import { ImportError } from '../weights/import-error';
import { publishedWeights } from './published-weights';

const graphFile = 'model.onnx';
/** Between two f32 runtimes; wrong weights are off by tenths. */
const selfTestTolerance = 1e-3;
/** A GPU does not round as the CPU that measured the error of float16. */
const float16Tolerance = 4;
/** A fifth of the difference that wrong weights make, once a GPU has its tolerance. */
const largestFloat16Error = 0.01;

export interface ImportOptions {
  readonly size: ModelManifest['size'];
  readonly name: string;
  readonly scaling: Scaling;
  /** The file has to have this SHA-256. */
  readonly pin?: string;
  /** The fastest on a CPU otherwise. */
  readonly attention?: Attention;
  /** float32 otherwise. */
  readonly precision?: Precision;
}

export interface ModelBundle {
  readonly manifest: ModelManifest;
  readonly graph: Uint8Array;
}

export interface ImportedBundle extends ModelBundle {
  /** Paths of tensors in the file that are not part of the encoder. */
  readonly ignored: readonly string[];
}

/**
 * Turns the bytes of a weight file into a model bundle.
 * @throws ImportError that names what is wrong with the file
 */
export async function makeBundle(
  file: Uint8Array,
  options: ImportOptions,
): Promise<ImportedBundle> {
  const { size, name, scaling, pin, attention = fastestAttention(size) } = options;
  const architecture = architectures[size];
  const weightsSha256 = sha256Of(file);
  if (pin !== undefined && pin !== weightsSha256)
    throw new ImportError(`The file has SHA-256 ${weightsSha256}; ${pin} was asked for.`);
  const { weights, synthetic, ignored } = await readWeightsFile(file, architecture);
  const encoder = encoderGraph(architecture, weights, attention);
  const float32 = encodeOnnx(encoder);
  const embedding = await probeEmbedding(float32, scaling);
  const float16 =
    options.precision === 'float16'
      ? encodeOnnx(encoderGraph(architecture, weights, attention, 'float16'))
      : undefined;
  const error = float16 && (await errorInBounds(float16, float32, scaling));
  const graph = float16 ?? float32;
  const manifest: ModelManifest = {
    schema: 1,
    name,
    size,
    parameters: parametersOf(architecture),
    weightsSha256,
    weights: synthetic ? 'synthetic' : originOf(weightsSha256, size, pin),
    scaling,
    opset: encoder.opset,
    attention,
    ...(error !== undefined && { float16: { error } }),
    graph: { file: graphFile, sha256: sha256Of(graph) },
    selfTest: {
      embedding,
      tolerance: Math.max(selfTestTolerance, float16Tolerance * (error ?? 0)),
    },
  };
  return { graph, manifest, ignored };
}

function originOf(
  sha256: string,
  size: ModelManifest['size'],
  pin: string | undefined,
): ModelManifest['weights'] {
  if (sha256 === publishedWeights[size]) return 'published';
  return sha256 === pin ? 'pinned' : 'custom';
}

/** @throws ImportError if float16 is too coarse for these weights */
async function errorInBounds(...graphs: Parameters<typeof float16Error>): Promise<number> {
  const error = await float16Error(...graphs);
  if (error <= largestFloat16Error) return error;
  throw new ImportError(
    `In float16 these weights are off by ${error}, more than ${largestFloat16Error}. Import them in float32.`,
  );
}

/** What the graph answers for the probe week. @throws ImportError if that is not an embedding */
async function probeEmbedding(graph: Uint8Array, scaling: Scaling): Promise<number[]> {
  const encoder = await openEncoder(graph, 'cpu');
  try {
    const embedding = await encoder.run(scaleWeek(probeWeek(), scaling));
    if (!embedding.every(Number.isFinite))
      throw new ImportError(
        'The weights give numbers that are not finite for an ordinary week. Is the file damaged?',
      );
    const ofRest = await encoder.run(scaleWeek(new Float32Array(minutesPerWeek), scaling));
    if (embedding.every((value, index) => value === ofRest[index]))
      throw new ImportError(
        'The weights give the same embedding for every week. Is the file of a trained model?',
      );
    return [...embedding];
  } finally {
    await encoder.release();
  }
}
