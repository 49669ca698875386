import { parseMemory } from './run-hardened';

test.each([
  ['73.07MiB / 256MiB', 73.07],
  ['1.5GiB / 2GiB', 1_536],
  ['512KiB / 1GiB', 0.5],
])('%s is %d MiB', (usage, mebibytes) => {
  expect(parseMemory(usage)).toBeCloseTo(mebibytes);
});

test('other text is not a number and reaches no goal', () => {
  expect(parseMemory('-- / --')).toBeNaN();
});
