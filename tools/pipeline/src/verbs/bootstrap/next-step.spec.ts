import { nextStep } from './next-step';

test.each([
  ['an empty account', { bucketExists: false, inBucket: false, onDisk: false }, 'create-and-move'],
  [
    'killed before the bucket',
    { bucketExists: false, inBucket: false, onDisk: true },
    'create-and-move',
  ],
  [
    'killed before the move',
    { bucketExists: true, inBucket: false, onDisk: true },
    'create-and-move',
  ],
  ['killed after the move', { bucketExists: true, inBucket: true, onDisk: true }, 'apply'],
  ['bootstrapped', { bucketExists: true, inBucket: true, onDisk: false }, 'apply'],
  ['a bucket without state', { bucketExists: true, inBucket: false, onDisk: false }, 'lost'],
] as const)('%s', (_case, found, expected) => {
  expect(nextStep(found)).toBe(expected);
});
