import { createHash } from 'node:crypto';
import { strToU8, zipSync } from 'fflate';
import { platformName, verifiedProgram } from './install';
import { acceptableVersion, pinnedTerraform } from './version';

const archive = zipSync({ terraform: strToU8('#!program'), 'LICENSE.txt': strToU8('licence') });
const sha256 = createHash('sha256').update(archive).digest('hex');

test('unpacks the program from an archive with the published checksum', () => {
  expect(Buffer.from(verifiedProgram(archive, sha256)).toString()).toBe('#!program');
});

test('an altered archive is refused', () => {
  const altered = Uint8Array.from(archive);
  altered[40] = (altered[40] ?? 0) ^ 1;
  expect(() => verifiedProgram(altered, sha256)).toThrow(/not the published/);
});

test('common platforms have a pinned checksum', () => {
  expect(pinnedTerraform.sha256).toHaveProperty(platformName('linux', 'x64'));
  expect(pinnedTerraform.sha256).toHaveProperty(platformName('darwin', 'arm64'));
});

test.each([
  ['{"terraform_version":"1.11.4"}', '1.11.4'],
  ['{"terraform_version":"2.0.0"}', '2.0.0'],
  ['{"terraform_version":"1.9.8"}', undefined],
  ['command not found', undefined],
])('%s is acceptable as %s', (text, version) => {
  expect(acceptableVersion(text)).toBe(version);
});
