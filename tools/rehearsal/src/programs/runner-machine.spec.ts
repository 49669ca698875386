import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runnerMachine } from './runner-machine';

let root: string;
beforeEach(async () => (root = await mkdtemp(join(tmpdir(), 'machine-'))));
afterEach(() => rm(root, { recursive: true, force: true }));

const endpoint = 'http://127.0.0.1:1';
const tools = '/hosted-tools';

test('Terraform that the pipeline fetched is on the path, after what the machine has', async () => {
  const fetched = join(root, '.local/terraform/1.11.4');
  await mkdir(fetched, { recursive: true });
  await writeFile(join(fetched, 'terraform'), '');
  const { PATH = '' } = runnerMachine(root, endpoint, tools, { PATH: '/bin' });
  expect(PATH.split(':')).toEqual([tools, join(root, '.local/moto/bin'), '/bin', fetched]);
});

test('the user’s own CLI configuration is used if the file exists', async () => {
  const ours = join(root, '.local/terraform/terraform.rc');
  const own = join(root, 'own.rc');
  const configuration = () =>
    runnerMachine(root, endpoint, tools, { TF_CLI_CONFIG_FILE: own })['TF_CLI_CONFIG_FILE'];
  expect(configuration()).toBe(ours);
  await writeFile(own, '');
  expect(configuration()).toBe(own);
});
