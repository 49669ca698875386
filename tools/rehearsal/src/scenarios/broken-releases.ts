import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Story } from '../progress/step';
import type { Tool } from '../programs/tool';
import { makeVariant, type Variant } from './release-variants';

/** One release of the story, as the report shows it. */
export interface ReleaseRecord {
  readonly name: string;
  readonly expected: string;
  readonly verdict: string;
  readonly exitCode: number;
  /** From the moment at which ECS ended the deployment to ours of saying so. */
  readonly secondsAfterEcs: number | null;
  /** From the start of the program to UpdateService. */
  readonly secondsToUpdateService: number | null;
}

interface RolloutFile {
  readonly rollouts: readonly {
    readonly app: string;
    readonly verdict: string;
    readonly secondsAfterEcs?: number;
    readonly secondsToUpdateService?: number;
  }[];
}

const pipeline = 'tools/pipeline/main.js';
/** A verdict later than this is as good as none. */
const mostSecondsAfterEcs = 5;

export interface ReleaseStory {
  readonly root: string;
  /** Where the variants' app folders are made. */
  readonly folder: string;
  readonly story: Story;
  readonly tool: Tool;
  /** Told of each release as it ends, the failed expectations included. */
  readonly onRelease: (record: ReleaseRecord) => void;
}

/** Deploys a variant and checks that the pipeline told the truth about it. */
export async function deployVariant(
  variant: Variant,
  { root, folder, story, tool, onRelease }: ReleaseStory,
): Promise<void> {
  const { name, story: what, expectedExitCode, expectedVerdict } = variant;
  await story.step(
    `deploy ${name}, which ${what}`,
    async (note) => {
      const apps = await makeVariant(name, join(root, 'dist/apps'), folder);
      const deploy = ['deploy', '--env', 'local', '--apps', apps];
      const { code, explanation } = await tool(pipeline, note, ...deploy);
      const record = await recordOf(root, name, expectedVerdict, code);
      onRelease(record);
      if (code !== expectedExitCode)
        throw new Error(`Expected exit code ${expectedExitCode}.\n${explanation}`);
      assertTold(record);
      return record;
    },
    describe,
  );
}

async function recordOf(
  root: string,
  name: string,
  expected: string,
  exitCode: number,
): Promise<ReleaseRecord> {
  const path = join(root, 'dist/pipeline/local/rollout.json');
  const { rollouts } = JSON.parse(await readFile(path, 'utf8')) as RolloutFile;
  const api = rollouts.find(({ app }) => app === 'api');
  return {
    name,
    expected,
    verdict: api?.verdict ?? 'none',
    exitCode,
    secondsAfterEcs: api?.secondsAfterEcs ?? null,
    secondsToUpdateService: api?.secondsToUpdateService ?? null,
  };
}

function assertTold({ expected, verdict, secondsAfterEcs }: ReleaseRecord): void {
  if (verdict !== expected) throw new Error(`The verdict was ${verdict}, expected ${expected}.`);
  if (secondsAfterEcs !== null && secondsAfterEcs > mostSecondsAfterEcs)
    throw new Error(`The verdict came ${secondsAfterEcs.toFixed(1)} s after ECS's own.`);
}

function describe({ verdict, exitCode, secondsAfterEcs }: ReleaseRecord): string {
  const late = secondsAfterEcs === null ? '' : `, ${secondsAfterEcs.toFixed(1)} s after ECS`;
  return `${verdict}, exit code ${exitCode}${late}`;
}
