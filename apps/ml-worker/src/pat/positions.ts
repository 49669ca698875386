import { embedWidth } from './architecture';

const half = embedWidth / 2;

/**
 * The positional table that is added to the tokens: of each row the first 48 are sines and the last 48
 * cosines of position · w_i, w_i = exp(-2i ln(10000) / 96). Not interleaved: interleaving is a common
 * mistake and misses the published model.
 * @returns [tokens, 96] in C order
 */
export function positions(tokens: number): Float32Array {
  return Float32Array.from({ length: tokens * embedWidth }, (_, index) => {
    const position = Math.floor(index / embedWidth);
    const column = index % embedWidth;
    const angle = position * Math.exp((-2 * (column % half) * Math.log(10_000)) / embedWidth);
    return column < half ? Math.sin(angle) : Math.cos(angle);
  });
}
