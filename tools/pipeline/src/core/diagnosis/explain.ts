import { appendFile } from 'node:fs/promises';
import type { AwsContext } from '../context';
import { namesOf, type App } from '../names';
import type { TaskDefinitions } from '../rollout/roll-out-all';
import { collectDiagnosis } from './collect';
import { renderDiagnosis } from './diagnosis';

/** Says why rollouts failed: in the terminal, and in the job summary where GitHub runs us. */
export async function explain(
  { environment, reporter }: AwsContext,
  failed: readonly App[],
  taskDefinitions: TaskDefinitions,
): Promise<string> {
  const { cluster, service } = namesOf(environment);
  const parts = await Promise.all(
    failed.map(async (app) => {
      try {
        const ref = { cluster, service: service(app) };
        return renderDiagnosis(await collectDiagnosis(ref, taskDefinitions[app]));
      } catch (error) {
        return `### ${service(app)}: no diagnosis (${(error as Error).message})`;
      }
    }),
  );
  const text = parts.join('\n\n');
  for (const line of text.split('\n')) reporter.info(line);
  const summary = process.env['GITHUB_STEP_SUMMARY'];
  if (summary) await appendFile(summary, `${text}\n`);
  return text;
}
