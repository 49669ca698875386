import { embedWidth } from './architecture';
import { dense, linear, type EncoderParts } from './graph-layers';

/**
 * Multi-head self-attention as it is trained: queries, keys and values by head, then the output layer.
 * 1/√96 is part of the query's weights, which spares a pass over the scores.
 */
export function plainAttention(parts: EncoderParts, name: string, x: string): string {
  const { graph, architecture, tensor } = parts;
  const { heads } = architecture;
  const width = heads * embedWidth;
  const split = graph.integers(`${name}/split`, [0, 0, heads, embedWidth]);
  const project = (part: string, scale: number, perm: readonly number[]) => {
    const scaled = (values: Float32Array) => values.map((value) => value * scale);
    const flat = linear(graph, `${name}/${part}`, x, [embedWidth, width], {
      kernel: scaled(tensor(`${name}/${part}/kernel`)),
      bias: scaled(tensor(`${name}/${part}/bias`)),
    });
    const byHead = graph.node('Reshape', `${name}/${part}/heads`, [flat, split]);
    return graph.node('Transpose', `${name}/${part}/turned`, [byHead], { perm: { ints: perm } });
  };
  const query = project('query', 1 / Math.sqrt(embedWidth), [0, 2, 1, 3]);
  const key = project('key', 1, [0, 2, 3, 1]);
  const value = project('value', 1, [0, 2, 1, 3]);
  const scores = graph.node('MatMul', `${name}/scores`, [query, key]);
  const shares = graph.node('Softmax', `${name}/shares`, [scores], { axis: { int: -1 } });
  const mixed = graph.node('MatMul', `${name}/mixed`, [shares, value]);
  const turned = graph.node('Transpose', `${name}/mixed/turned`, [mixed], {
    perm: { ints: [0, 2, 1, 3] },
  });
  const joined = graph.integers(`${name}/joined`, [0, 0, width]);
  const flat = graph.node('Reshape', `${name}/mixed/joined`, [turned, joined]);
  return dense(parts, `${name}/attention_output`, flat, [width, embedWidth]);
}
