import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { cliConfiguration, findMirror, terraformVariables } from './cli-config';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-config-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const workspace = () => ({ root: folder, dist: join(folder, 'dist'), local: join(folder, 'l') });

test('leaves the user’s own configuration alone', async () => {
  const own = join(folder, 'my.terraformrc');
  await writeFile(own, '');
  const variables = await terraformVariables(workspace(), { TF_CLI_CONFIG_FILE: own });
  expect(variables).not.toHaveProperty('TF_CLI_CONFIG_FILE');
});

test('a variable that names a missing file does not prevent the use of the mirror', async () => {
  const variables = await terraformVariables(workspace(), {
    TF_CLI_CONFIG_FILE: join(folder, 'missing'),
    CLARITY_TERRAFORM_MIRROR: '/a/mirror',
  });
  const written = await readFile(variables['TF_CLI_CONFIG_FILE'] ?? '', 'utf8');
  expect(written).toContain('path    = "/a/mirror"');
});

test('a mirror that is named by a relative path is found from the folder of a stack', async () => {
  const variables = await terraformVariables(workspace(), {
    CLARITY_TERRAFORM_MIRROR: relative(process.cwd(), join(folder, 'mirror')),
  });
  const written = await readFile(variables['TF_CLI_CONFIG_FILE'] ?? '', 'utf8');
  expect(written).toContain(`path    = "${join(folder, 'mirror')}"`);
});

test('the user’s own settings of Go win over ours', async () => {
  const { GOGC, GOMEMLIMIT } = await terraformVariables(workspace(), { GOGC: '50' });
  expect({ GOGC, GOMEMLIMIT }).toEqual({ GOGC: '50', GOMEMLIMIT: '2GiB' });
});

test('without a mirror, plugins come from the registry, once for all stacks', () => {
  expect(cliConfiguration({ pluginCache: '/cache' })).toBe('plugin_cache_dir = "/cache"\n');
});

test('a mirror is a folder that holds the AWS provider', async () => {
  const mirror = join(folder, 'plugins');
  await mkdir(join(mirror, 'registry.terraform.io/hashicorp/aws'), { recursive: true });
  expect(findMirror([join(folder, 'nothing'), mirror])).toBe(mirror);
});
