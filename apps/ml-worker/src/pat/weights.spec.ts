import { createHash } from 'node:crypto';
import { goldenJson, type GoldenPat } from '../../test/golden';
import { architectures, parametersOf } from './architecture';
import { positions } from './positions';
import { syntheticWeights } from './synthetic-weights';

test('the sizes have the published numbers of parameters', () => {
  expect(parametersOf(architectures.S)).toBe(274_720);
  expect(parametersOf(architectures.M)).toBe(993_440);
  expect(parametersOf(architectures.L)).toBe(1_984_192);
});

test.each(['S', 'M', 'L'] as const)(
  'synthetic weights of PAT-%s are those of the reference, bit for bit',
  (size) => {
    const hash = createHash('sha256');
    for (const values of syntheticWeights(architectures[size]).values())
      hash.update(Buffer.from(values.buffer));
    const golden = goldenJson<GoldenPat>(`pat-${size.toLowerCase()}`);
    expect(hash.digest('hex')).toBe(golden.weights_sha256);
  },
);

test('positions are sines, then cosines', () => {
  const { samples } = goldenJson<{ samples: Record<string, number> }>('positions');
  const table = positions(1120);
  for (const [place, expected] of Object.entries(samples)) {
    const [row = 0, column = 0] = place.split(',').map(Number);
    expect(table[row * 96 + column]).toBeCloseTo(expected, 6);
  }
});
