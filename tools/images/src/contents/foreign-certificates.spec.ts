import { foreignCertificateLines } from './foreign-certificates';

const certificate = (letter: string) => {
  const lines = [1, 2, 3, 4, 5, 6].map((each) => `${letter}${each}`.repeat(32)).join('\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
};

test('the certificate of a network is distinguished from those that Node brings', () => {
  const bundle = `# public\n${certificate('a')}# ours\n${certificate('b')}`;
  expect(foreignCertificateLines(bundle, [certificate('a').replaceAll('\n', '\r\n')])).toEqual([
    'b5'.repeat(32),
  ]);
});

test('a bundle of known certificates shows nothing', () => {
  expect(foreignCertificateLines(certificate('a'), [certificate('a')])).toEqual([]);
});
