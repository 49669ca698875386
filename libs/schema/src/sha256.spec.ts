import { parser } from './parse';
import { sha256Of, sha256Schema } from './sha256';

test('hashes texts and bytes alike, in the form that its schema accepts', () => {
  // FIPS 180-2, appendix B.1
  const hash = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
  expect(sha256Of('abc')).toBe(hash);
  expect(sha256Of(Buffer.from('abc'))).toBe(hash);
  expect(parser('hash', sha256Schema)(hash)).toBe(hash);
});
