import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { randomUUID } from 'node:crypto';

/** Where a stack with a file backend keeps its state: next to the stacks. */
function statePath(stackFolder: string, stack: string): string {
  return join(stackFolder, '../../state', `${stack}.tfstate`);
}

/** Terraform's type constraint of a JSON value. */
export function terraformType(value: unknown): unknown {
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return 'number';
  if (Array.isArray(value)) return ['tuple', value.map(terraformType)];
  if (typeof value === 'object' && value !== null)
    return [
      'object',
      Object.fromEntries(Object.entries(value).map(([key, part]) => [key, terraformType(part)])),
    ];
  return 'string';
}

/** Writes a state (format version 4) with outputs and no resources, for other stacks to read. */
export async function writeAssumedState(
  stackFolder: string,
  stack: string,
  outputs: Readonly<Record<string, unknown>>,
): Promise<void> {
  const path = statePath(stackFolder, stack);
  const state = {
    version: 4,
    terraform_version: '1.11.0',
    serial: 1,
    lineage: randomUUID(),
    outputs: Object.fromEntries(
      Object.entries(outputs).map(([name, value]) => [name, { value, type: terraformType(value) }]),
    ),
    resources: [],
  };
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, JSON.stringify(state));
}
