import type { Attention, ModelManifest } from '@clarity/domain';
import type { ExecutionProvider } from '../inference/onnx-session';

/**
 * Which form of attention runs fastest, by what runs it and by size. `npm run bench -- worker` measures them again.
 *
 * CPU: ONNX Runtime 1.30 on 2 cores, one week per run, speed relative to `merged`; the ranges are of several runs.
 *
 * | threads | form          | S         | M         | L         |
 * | ------- | ------------- | --------- | --------- | --------- |
 * | 1       | `plain`       | 0.81-0.90 | 0.81-0.90 | 1.04-1.16 |
 * | 1       | `multi-query` | 1.00-1.12 | 1.03-1.23 | 1.20-1.31 |
 * | 2       | `multi-query` | 1.04      | 0.88      | 1.21      |
 *
 * CUDA: not measured. `merged` is there because its operators are the oldest, so every CUDA provider has them.
 */
const fastest: Readonly<
  Record<ExecutionProvider, Readonly<Record<ModelManifest['size'], Attention>>>
> = {
  cpu: { S: 'merged', M: 'merged', L: 'multi-query' },
  cuda: { S: 'merged', M: 'merged', L: 'merged' },
};

/** @param device what the model will mostly run on; the others run every form too */
export function fastestAttention(
  size: ModelManifest['size'],
  device: ExecutionProvider = 'cpu',
): Attention {
  return fastest[device][size];
}
