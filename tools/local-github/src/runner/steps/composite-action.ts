import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NotSupported } from '../not-supported';
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
  const file = join(actionPath, 'action.yml');
  const action = parseActionYaml(file, await readFile(file, 'utf8'));
  const declared = isObject(action['inputs']) ? action['inputs'] : {};
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(declared, name));
  if (unknown) throw new Error(`Unexpected input "${unknown}" of ${uses}.`);
  const inputs = Object.fromEntries(
    Object.entries(declared).map(([name, input]) => [
      name,
      given[name] ?? String((isObject(input) ? input['default'] : undefined) ?? ''),
    ]),
  );
  const runs = action['runs'];
  if (!isObject(runs) || runs['using'] !== 'composite' || !Array.isArray(runs['steps']))
    throw new NotSupported(`${uses}, which is not a composite action`);
  if (action['outputs'] !== undefined) throw new NotSupported('outputs of a composite action');
  return { steps: runs['steps'], inputs, actionPath };
}
