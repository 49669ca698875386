import { ValidationError } from '@clarity/schema';
import type { ModelManifest } from '../model';
import type { InferenceProvider } from '../ports/inference-provider';
import { faults, type FaultInjection } from './fault-injection';

export type InMemoryInferenceProvider = InferenceProvider & FaultInjection;

const width = 96;

/** A stand-in for a model: a cheap fingerprint of each week, the same in any batch, no meaning at all. */
export function inMemoryInferenceProvider(): InMemoryInferenceProvider {
  const { check, failNext, slowDown } = faults('inference provider');
  return {
    manifest,
    failNext,
    slowDown,
    async embed(weeks) {
      await check();
      return weeks.map(fingerprint);
    },
  };
}

function fingerprint(week: Float32Array): Float32Array {
  if (week.every(Number.isNaN)) throw new ValidationError('The week holds no data.');
  const sums = new Float32Array(width);
  week.forEach((count, minute) => {
    if (!Number.isNaN(count)) sums[minute % width]! += Math.log1p(count) / (1 + minute / width);
  });
  return sums;
}

const manifest: ModelManifest = {
  schema: 1,
  name: 'in-memory',
  size: 'S',
  parameters: 1,
  weightsSha256: '0'.repeat(64),
  weights: 'synthetic',
  scaling: { kind: 'none' },
  opset: 17,
  graph: { file: 'none.onnx', sha256: '0'.repeat(64) },
  selfTest: { embedding: new Array<number>(width).fill(0), tolerance: 1 },
};
