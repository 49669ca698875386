import { foreignCertificateLines } from './foreign-certificates';

const certificate = (letter: string) => {
  const lines = [1, 2, 3, 4, 5, 6].map((each) => `${letter}${each}`.repeat(32)).join('\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
};

test('the certificate of a network is distinguished from those that Node brings', () => {
  const bundle = `# public\n${certificate('a')}# ours\n${certificate('b')}`;
  const node = Buffer.from(`\0node\0${certificate('a')}`);
  expect(foreignCertificateLines(bundle, node)).toEqual(['b5'.repeat(32)]);
});

test('a bundle of known certificates shows nothing', () => {
  expect(foreignCertificateLines(certificate('a'), Buffer.from(certificate('a')))).toEqual([]);
});
