import { createHash } from 'node:crypto';
import { goldenJson, type GoldenPatS } from '../../test/golden';
import { architectures, parametersOf } from './architecture';
import { positions } from './positions';
import { syntheticWeights } from './synthetic-weights';

test('the sizes have the published numbers of parameters', () => {
  expect(parametersOf(architectures.S)).toBe(274_720);
  expect(parametersOf(architectures.M)).toBe(993_440);
  expect(parametersOf(architectures.L)).toBe(1_984_192);
});

test('synthetic weights are those of the reference, bit for bit', () => {
  const hash = createHash('sha256');
  for (const values of syntheticWeights(architectures.S).values())
    hash.update(Buffer.from(values.buffer));
  expect(hash.digest('hex')).toBe(goldenJson<GoldenPatS>('pat-s').weights_sha256);
});

test('positions are sines, then cosines', () => {
  const { samples } = goldenJson<{ samples: Record<string, number> }>('positions');
  const table = positions(1120);
  for (const [place, expected] of Object.entries(samples)) {
    const [row = 0, column = 0] = place.split(',').map(Number);
    expect(table[row * 96 + column]).toBeCloseTo(expected, 6);
  }
});
