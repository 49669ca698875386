import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from '@clarity/host';
import { sideBySide, type Comparison } from '../side-by-side';
import { withRootImports } from './root-imports';

const environment = 'dev';

/**
 * Synthesis of one environment: our bundle with submodule imports, against `cdktf synth` as CDKTF's
 * template sets it up (ts-node, package-root imports) on the same sources. ts-node does not check
 * types here, which is to its advantage.
 */
export async function benchSynth(root: string, folder: string): Promise<Comparison> {
  const templated = join(folder, 'synth-as-templated');
  await makeTemplatedApp(root, templated);
  const env = (outdir: string) => ({
    CLARITY_ENVIRONMENT: environment,
    // The shipped environments have placeholders, which only the embedded AWS accepts.
    CLARITY_AWS: 'embedded',
    CDKTF_OUTDIR: join(folder, outdir),
    CHECKPOINT_DISABLE: '1',
    CI: '1',
  });
  await mkdir(join(folder, 'synth-ours'), { recursive: true });
  const ours = async () => {
    await runProgram(process.execPath, [join(root, 'dist/infra/main.js')], {
      env: env('synth-ours'),
    });
  };
  const baseline = async () => {
    await runProgram(
      process.execPath,
      [join(root, 'node_modules/cdktf-cli/bundle/bin/cdktf'), 'synth'],
      {
        cwd: templated,
        env: env('synth-templated'),
      },
    );
  };
  return sideBySide('synth', {
    ours: { name: 'our bundle', run: ours },
    baseline: { name: 'cdktf synth, ts-node, root imports', run: baseline },
    rounds: 3,
    goal: 5,
  });
}

async function makeTemplatedApp(root: string, folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await cp(join(root, 'infra/src'), join(folder, 'src'), {
    recursive: true,
    filter: (path) => !path.endsWith('.spec.ts'),
  });
  const barrel = await readFile(join(root, 'infra/src/aws.ts'), 'utf8');
  await writeFile(join(folder, 'src/aws.ts'), withRootImports(barrel));
  const bundler = join(root, 'tools/workspace/bundle.mjs');
  await runProgram(process.execPath, [bundler, 'libs/schema', 'src/index.ts'], { cwd: root });
  const schema = join(folder, 'node_modules/@clarity/schema');
  await mkdir(schema, { recursive: true });
  await cp(join(root, 'dist/libs/schema/index.js'), join(schema, 'index.js'));
  const json = (path: string, value: unknown) =>
    writeFile(join(folder, path), JSON.stringify(value));
  await json('node_modules/@clarity/schema/package.json', { main: 'index.js' });
  await json('package.json', { private: true, type: 'commonjs' });
  await json('tsconfig.json', {
    compilerOptions: {
      target: 'ES2022',
      rootDir: '.',
      module: 'CommonJS',
      moduleResolution: 'node10',
      ignoreDeprecations: '6.0',
      esModuleInterop: true,
      skipLibCheck: true,
    },
    'ts-node': { transpileOnly: true },
  });
  await json('cdktf.json', {
    language: 'typescript',
    app: `${process.execPath} ${join(root, 'node_modules/ts-node/dist/bin.js')} src/main.ts`,
    projectId: 'bench',
    sendCrashReports: 'false',
  });
}
