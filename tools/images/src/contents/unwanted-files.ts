/** Programs that help an intruder and no app of ours. */
const programs = [
  ...['sh', 'ash', 'bash', 'busybox', 'dash', 'zsh'],
  ...['npm', 'npx', 'corepack', 'yarn', 'pnpm', 'apt', 'apt-get', 'dpkg', 'apk', 'rpm', 'pip'],
  ...['cc', 'gcc', 'ld', 'make', 'python', 'python3', 'perl', 'git', 'curl', 'wget', 'tar'],
];

/**
 * The files of an image that should not be there: shells, package managers, build tools, certificates
 * and keys, source maps, the build's own secrets.
 * @param paths relative to the root, as `tar -t` prints them
 */
export function unwantedFiles(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => {
    const name = path.split('/').at(-1) ?? '';
    return (
      (/(^|\/)s?bin\//.test(path) && programs.includes(name)) ||
      /(^|\/)node_modules\/(npm|corepack|nx|esbuild)\//.test(path) ||
      /\.(pem|crt|key|map|ts)$/.test(name) ||
      path.startsWith('run/secrets/')
    );
  });
}
