import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Stand-ins for the programs that steps call: they record their calls and answer as configured. */
export interface FakeTools {
  /** Comes before everything else on PATH. */
  readonly folder: string;
  /** Each call, as a person would type it. */
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
      `#!/bin/bash\necho "${program} $*" >> "${log}"\ncase "${program} $*" in\n${cases}\nesac\n`,
    );
    await chmod(path, 0o755);
  }
  return {
    folder,
    calls: async () => (await readFile(log, 'utf8')).split('\n').filter(Boolean),
  };
}
