import { readFile, writeFile } from 'node:fs/promises';
import { realStack, type Configuration } from '../../../test/real-terraform';
import { testStack } from '../../../test/test-stack';
import { applyStacks } from './apply-stacks';

/** The real Terraform, as only it shows which of its blocks a plan carries out. */
let stack: Awaited<ReturnType<typeof realStack>>;
beforeEach(async () => (stack = await realStack()));
afterEach(() => stack.remove());

const lines: string[] = [];
const warnings: string[] = [];
const reporter = {
  step: () => {},
  info: (text: string) => void lines.push(text),
  warn: (text: string) => void warnings.push(text),
};

/** @returns whether the stack is remembered as applied */
async function apply(code: Configuration): Promise<boolean> {
  await stack.write(code);
  lines.length = 0;
  warnings.length = 0;
  let remembered = false;
  await applyStacks([testStack('s', { folder: stack.folder })], () => stack.terraform, reporter, {
    skip: {
      isApplied: async () => false,
      forget: async () => {},
      remember: async () => void (remembered = true),
    },
  });
  return remembered;
}

const data = (...names: readonly string[]) => ({
  terraform_data: Object.fromEntries(names.map((name) => [name, {}])),
});
const move = { moved: [{ from: 'terraform_data.old', to: 'terraform_data.new' }] };
const bringIn = { import: [{ to: 'terraform_data.got', id: 'an-id' }] };
const letGo = { removed: [{ from: 'terraform_data.old', lifecycle: { destroy: false } }] };

describe.each([
  ['alone', {}, ''],
  ['with another change', data('more').terraform_data, '1 to add, 0 to change, 0 to destroy'],
])('%s', (_, others, counts) => {
  const code = (...names: readonly string[]) => ({
    resource: { terraform_data: { ...data(...names).terraform_data, ...others } },
  });
  const otherNames = Object.keys(others).map((name) => `terraform_data.${name}`);

  test('a moved resource keeps its object, also once its block is deleted', async () => {
    await apply({ resource: data('old') });
    const { 'terraform_data.old': id } = await stack.resources();
    expect(await apply({ ...code('new'), ...move })).toBe(true);
    expect(lines[0]).toBe(`s: ${counts || '0 to add, 0 to change, 0 to destroy'}, 1 to move`);
    expect(await stack.resources()).toMatchObject({ 'terraform_data.new': id });
    await apply(code('new'));
    expect(lines[0]).toBe('s: no changes');
  });

  test('an imported resource is in the state', async () => {
    await apply({ resource: data('old') });
    expect(await apply({ ...code('old', 'got'), ...bringIn })).toBe(true);
    expect(lines[0]).toContain('1 to import');
    expect(await stack.resources()).toMatchObject({ 'terraform_data.got': 'an-id' });
  });

  test('a resource that is no longer managed leaves the state, and nothing is destroyed', async () => {
    await apply({ resource: data('old', 'kept') });
    expect(await apply({ ...code('kept'), ...letGo })).toBe(true);
    expect(lines[0]).toBe(`s: ${counts || '0 to add, 0 to change, 0 to destroy'}, 1 to forget`);
    expect(Object.keys(await stack.resources()).toSorted()).toEqual(
      ['terraform_data.kept', ...otherNames].toSorted(),
    );
    await apply(code('kept'));
    expect(lines[0]).toBe('s: no changes');
  });
});

test('an object that an interrupted replacement left behind is destroyed', async () => {
  await apply({ resource: data('it') });
  const state = JSON.parse(await readFile(stack.state, 'utf8')) as {
    resources: { instances: object[] }[];
  };
  const instances = state.resources[0]?.instances;
  instances?.push({ ...instances[0], deposed: '0badf00d' });
  await writeFile(stack.state, JSON.stringify(state));
  expect(await apply({ resource: data('it') })).toBe(true);
  expect(lines[0]).toBe('s: 0 to add, 0 to change, 1 to destroy');
  await apply({ resource: data('it') });
  expect(lines[0]).toBe('s: no changes');
});

test('a failed check is reported at every apply, and is not a change', async () => {
  const code = {
    resource: data('it'),
    check: {
      health: {
        data: {
          terraform_remote_state: { own: { backend: 'local', config: { path: stack.state } } },
        },
        assert: {
          condition: '${terraform_data.it.id == "well"}',
          error_message: 'It is not well.',
        },
      },
    },
  };
  await apply(code);
  await apply(code);
  expect(lines[0]).toBe('s: no changes');
  expect(warnings.join()).toContain('It is not well.');
});
