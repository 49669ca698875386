import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { realStack } from '../../../test/real-terraform';
import { terraformIn } from './terraform';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'terraform-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A Terraform that finds nothing to do and records its arguments. */
async function recordingTerraform() {
  const program = join(folder, 'terraform');
  await writeFile(program, `#!/bin/sh\necho "$@" >> "${folder}/arguments"\n`);
  await chmod(program, 0o755);
  return terraformIn(folder, { program, variables: {} });
}
const givenArguments = () => readFile(join(folder, 'arguments'), 'utf8');

test('a plan that is only shown takes no lock, so that two can run at the same time', async () => {
  await (await recordingTerraform()).plan();
  await expect(givenArguments()).resolves.toContain('-lock=false');
});

test('a failed check is in the plan, although there is nothing to apply', async () => {
  const stack = await realStack();
  const check = {
    assert: { condition: '${terraform_data.it.id == "well"}', error_message: 'No.' },
  };
  await stack.write({ resource: { terraform_data: { it: {} } } });
  await stack.terraform.init();
  await stack.terraform.plan();
  await stack.terraform.apply(() => undefined);
  await stack.write({ resource: { terraform_data: { it: {} } }, check: { health: check } });
  const { applyable, checks } = await stack.terraform.plan().finally(stack.remove);
  expect(applyable).toBe(false);
  expect(checks).toMatchObject([{ address: { to_display: 'check.health' }, status: 'fail' }]);
});

test('a plan that will be applied waits for the lock', async () => {
  await (await recordingTerraform()).plan({ lock: true });
  const given = await givenArguments();
  expect(given).toContain('-lock-timeout=120s');
  expect(given).not.toContain('-lock=false');
});
