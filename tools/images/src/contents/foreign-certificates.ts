/**
 * What would show that a CA bundle got into an image: a line of each of its certificates that Node does
 * not have in its own program. (`rootCertificates` of node:tls leaves out some that are in it.)
 * @param bundle certificates in PEM
 * @param program Node's, of the image
 */
export function foreignCertificateLines(bundle: string, program: Uint8Array): readonly string[] {
  const known = Buffer.from(program.buffer, program.byteOffset, program.byteLength);
  return certificates(bundle)
    .map(lineInTheMiddle)
    .filter((line) => !known.includes(line));
}

const lineLength = 64;

const certificates = (text: string): readonly string[] =>
  text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];

/** The first lines are alike in many certificates. */
const lineInTheMiddle = (certificate: string): string =>
  certificate.replace(/-----[^-]+-----|\s/g, '').slice(lineLength * 4, lineLength * 5);
