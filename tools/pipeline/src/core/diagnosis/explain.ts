import type { AwsContext } from '../context';
import { namesOf, type App } from '../names';
import { renderDiagnosis } from './diagnosis';

/** Explains failed rollouts, in the terminal and in the job summary. */
export async function explain(
  { environment, reporter, job, diagnose }: AwsContext,
  failed: readonly App[],
  taskDefinitions: Readonly<Record<App, string>>,
): Promise<void> {
  const parts = await Promise.all(
    failed.map(async (app) => {
      try {
        return renderDiagnosis(await diagnose(app, taskDefinitions[app]));
      } catch (error) {
        const service = namesOf(environment).service(app);
        return `### ${service}: no diagnosis (${(error as Error).message})`;
      }
    }),
  );
  const text = parts.join('\n\n');
  for (const line of text.split('\n')) reporter.info(line);
  await job.summarise(text);
}
