import { differences } from './metric-differences';

test('numbers agree within a relative tolerance', () => {
  expect(differences({ mesor: 258.59523810001 }, { mesor: 258.5952381 })).toEqual([]);
});

test('a wrong, a missing and a null value are named with their paths', () => {
  const expected = { l5: { mean: 1 }, nights: [{ tst: 456 }], sri: 95 };
  expect(differences({ l5: null, nights: [{ tst: 455 }] }, expected)).toEqual([
    '/l5/mean: undefined, expected 1',
    '/nights/0/tst: 455, expected 456',
    '/sri: undefined, expected 95',
  ]);
});
