import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Stand-ins for the programs that steps call: they record their calls and answer as configured. */
export interface FakeTools {
  /** Comes before everything else on PATH. */
  readonly folder: string;
  /** Each call, e.g. `npm ci`; one of the pipeline is `pipeline <verb> …`. */
  calls(): Promise<readonly string[]>;
}

/**
 * @param answers what a call does, in the shell's words: the beginning of the call → commands
 */
export async function fakeTools(
  folder: string,
  answers: Readonly<Record<string, string>>,
): Promise<FakeTools> {
  await mkdir(folder, { recursive: true });
  const log = join(folder, 'calls.log');
  await writeFile(log, '');
  const cases = Object.entries(answers)
    .map(([call, does]) => `  "${call}"*) ${does} ;;`)
    .join('\n');
  for (const program of ['aws', 'node', 'npm', 'npx']) {
    const path = join(folder, program);
    await writeFile(
      path,
      `#!/bin/bash
call="${program} $*"
call="\${call/#node tools\\/workspace\\/run-built.mjs tools\\/pipeline/pipeline}"
echo "$call" >> "${log}"
case "$call" in
${cases}
esac
`,
    );
    await chmod(path, 0o755);
  }
  return {
    folder,
    calls: async () => (await readFile(log, 'utf8')).split('\n').filter(Boolean),
  };
}
