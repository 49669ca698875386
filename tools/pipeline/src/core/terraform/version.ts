/** The Terraform to download if none is installed, with HashiCorp's published checksums. */
export const pinnedTerraform = {
  version: '1.11.4',
  sha256: {
    linux_amd64: '1ce994251c00281d6845f0f268637ba50c0005657eb3cf096b92f753b42ef4dc',
    linux_arm64: 'a43d1d0da9b9bab214a8305a39db0e40869572594ccf50c416a7756499143633',
    darwin_amd64: 'a56d5002b9f7647291faccc3dd1a70350e60fb61e4c45037629508b8fdc2575b',
    darwin_arm64: '867e0808fa971217043e25b7a792b10720c79b1546f8a68479b74f138be73e18',
  } as Readonly<Record<string, string>>,
};

/** S3 state locking without a table (`use_lockfile`) needs 1.10; write-only arguments need 1.11. */
const oldest = { major: 1, minor: 11 };

/**
 * @param text what `terraform version -json` prints
 * @returns the version, or undefined if it is too old or not readable
 */
export function acceptableVersion(text: string): string | undefined {
  try {
    const version = (JSON.parse(text) as { terraform_version: string }).terraform_version;
    const [major = 0, minor = 0] = version.split('.').map(Number);
    const isNewEnough = major > oldest.major || (major === oldest.major && minor >= oldest.minor);
    return isNewEnough ? version : undefined;
  } catch {
    return undefined;
  }
}
