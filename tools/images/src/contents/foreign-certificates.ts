/**
 * What would show that a CA bundle got into an image: a line of each of its certificates that Node does
 * not have in its own program.
 * @param bundle certificates in PEM
 * @param known those that may be there, each in PEM
 */
export function foreignCertificateLines(
  bundle: string,
  known: readonly string[],
): readonly string[] {
  const ours = new Set(known.map(body));
  return certificates(bundle).flatMap((each) => {
    const text = body(each);
    // A line in the middle: the first ones are alike in many certificates.
    return ours.has(text) ? [] : [text.slice(lineLength * 4, lineLength * 5)];
  });
}

const lineLength = 64;

const certificates = (text: string): readonly string[] =>
  text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];

const body = (certificate: string): string => certificate.replace(/-----[^-]+-----|\s/g, '');
