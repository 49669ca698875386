import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReleaseRecord } from '../report/release-record';
import { inWords } from '../report/in-words';
import { refuseBadInput } from './api-user';
import { deploy } from './deploy';
import { load } from './load';
import { asDeployJob, tryPipeline } from './pipeline';
import { makeVariant, variants, type Variant } from '../releases/release-variants';
import type { Scenario } from './scenario';

interface RolloutFile {
  readonly rollouts: readonly {
    readonly app: string;
    readonly verdict: string;
    readonly secondsAfterEcs?: number;
    readonly secondsToUpdateService?: number;
  }[];
}

/** A verdict later than this is as good as none. */
const mostSecondsAfterEcs = 5;

export const neverHealthy = scenarioOf('deploy-never-healthy', variants.neverHealthy);
export const errorsUnderLoad = {
  ...scenarioOf('deploy-errors-under-load', variants.errorsUnderLoad),
  after: [neverHealthy],
};

/** Deploys a broken release by hand and checks that the pipeline reports what became of it. */
function scenarioOf(name: string, variant: Variant): Scenario<ReleaseRecord> {
  return {
    name,
    summary: `deploy ${variant.name}, which ${variant.what}`,
    needs: [deploy, load],
    after: [refuseBadInput],
    async run(context) {
      const { root, folder, findings } = context;
      const apps = await makeVariant(
        variant.name,
        join(root, 'dist/apps'),
        join(folder, 'releases'),
      );
      const args = ['deploy', '--env', 'local', '--apps', apps];
      const { exitCode, explanation } = await tryPipeline(asDeployJob(context), ...args);
      const record = await recordOf(root, variant, exitCode);
      findings.releases.push(record);
      if (exitCode !== variant.expectedExitCode)
        throw new Error(`Expected exit code ${variant.expectedExitCode}.\n${explanation}`);
      expectReported(record);
      return record;
    },
    describe,
  };
}

async function recordOf(
  root: string,
  { name, expectedVerdict }: Variant,
  exitCode: number,
): Promise<ReleaseRecord> {
  const path = join(root, 'dist/pipeline/local/rollout.json');
  const { rollouts } = JSON.parse(await readFile(path, 'utf8')) as RolloutFile;
  const api = rollouts.find(({ app }) => app === 'api');
  return {
    name,
    expected: expectedVerdict,
    verdict: api?.verdict ?? 'none',
    exitCode,
    secondsAfterEcs: api?.secondsAfterEcs ?? null,
    secondsToUpdateService: api?.secondsToUpdateService ?? null,
  };
}

function expectReported({ expected, verdict, secondsAfterEcs }: ReleaseRecord): void {
  if (verdict !== expected) throw new Error(`The verdict was ${verdict}, expected ${expected}.`);
  if (secondsAfterEcs !== null && secondsAfterEcs > mostSecondsAfterEcs)
    throw new Error(`The verdict came ${secondsAfterEcs.toFixed(1)} s after that of ECS.`);
}

function describe({ verdict, exitCode, secondsAfterEcs }: ReleaseRecord): string {
  const late = secondsAfterEcs === null ? '' : `, ${secondsAfterEcs.toFixed(1)} s after ECS`;
  return `${inWords(verdict)}, exit code ${exitCode}${late}`;
}
