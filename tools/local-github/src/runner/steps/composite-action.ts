import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkAction } from '../workflow/check-workflow';
import { isObject, type JsonObject, type Node } from '../workflow/node';
import { parseActionYaml } from '../workflow/parse-yaml';
import type { JobState } from './job-state';

/** An action of ours, read from the checkout as the real runner does. */
export async function readComposite(
  { workspace }: JobState,
  uses: string,
  given: Readonly<Record<string, string>>,
): Promise<{ steps: readonly Node[]; inputs: JsonObject; actionPath: string }> {
  const actionPath = join(workspace, uses);
  const text = await readFile(join(actionPath, 'action.yml'), 'utf8');
  const action = parseActionYaml(join(uses, 'action.yml'), text);
  checkAction(action);
  const declared = isObject(action['inputs']) ? action['inputs'] : {};
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(declared, name));
  if (unknown) throw new Error(`Unexpected input "${unknown}" of ${uses}.`);
  const inputs = Object.fromEntries(
    Object.entries(declared).map(([name, input]) => [
      name,
      given[name] ?? String((isObject(input) ? input['default'] : undefined) ?? ''),
    ]),
  );
  const { runs } = action;
  const steps = isObject(runs) && Array.isArray(runs['steps']) ? runs['steps'] : [];
  return { steps, inputs, actionPath };
}
