import { embedWidth as width } from './architecture';
import type { EncoderParts } from './graph-layers';

/**
 * The weights of each head multiplied together at import, which leaves self-attention exactly the same function:
 * M = Wq Wk' / √96, m = bq Wk' / √96, N = Wv Wo, b = bo + Σ bv Wo;
 * scores = (xM + m) x', output = Σ softmax(scores) x N + b.
 *
 * Keys and values become x itself, the same for all heads. The key's bias drops out: it moves all scores of a row
 * alike, which softmax does not see. The products are computed in f64 and stored as f32.
 * @returns M and m as `query`, N and b as `output`
 */
export function mergedWeights({ architecture, tensor }: EncoderParts, name: string) {
  const { heads } = architecture;
  const [queryKernel, queryBias] = [tensor(`${name}/query/kernel`), tensor(`${name}/query/bias`)];
  const [valueKernel, valueBias] = [tensor(`${name}/value/kernel`), tensor(`${name}/value/bias`)];
  const keyKernel = tensor(`${name}/key/kernel`);
  const outputKernel = tensor(`${name}/attention_output/kernel`);
  const scale = 1 / Math.sqrt(width);
  const query = {
    kernel: new Float32Array(width * heads * width),
    bias: new Float32Array(heads * width),
  };
  const output = { kernel: new Float32Array(heads * width * width), bias: new Float64Array(width) };
  output.bias.set(tensor(`${name}/attention_output/bias`));

  for (let head = 0; head < heads; head++) {
    // Kernels in are [96, heads, 96], the output's is [heads, 96, 96]; biases are [heads, 96].
    const key = (row: number, d: number) => keyKernel[(row * heads + head) * width + d] ?? NaN;
    const out = (d: number, column: number) =>
      outputKernel[(head * width + d) * width + column] ?? NaN;
    for (let column = 0; column < width; column++) {
      for (let row = 0; row < width; row++) {
        const from = (row * heads + head) * width;
        query.kernel[from + column] =
          scale * dot((d) => (queryKernel[from + d] ?? NaN) * key(column, d));
        output.kernel[(head * width + row) * width + column] = dot(
          (d) => (valueKernel[from + d] ?? NaN) * out(d, column),
        );
      }
      const bias = head * width;
      query.bias[bias + column] = scale * dot((d) => (queryBias[bias + d] ?? NaN) * key(column, d));
      output.bias[column] =
        (output.bias[column] ?? NaN) + dot((d) => (valueBias[bias + d] ?? NaN) * out(d, column));
    }
  }
  return { query, output: { kernel: output.kernel, bias: Float32Array.from(output.bias) } };
}

function dot(term: (d: number) => number): number {
  let sum = 0;
  for (let d = 0; d < width; d++) sum += term(d);
  return sum;
}
