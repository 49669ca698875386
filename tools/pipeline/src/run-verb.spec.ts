import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askedOfNx, fakeNx } from '../test/fake-nx';
import { testStart } from '../test/test-start';
import type { TerraformStart } from './core/context';
import { required } from './option';
import { runVerb } from './run-verb';
import { defineVerb, type Build } from './verb';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'run-verb-'));
  process.env['CLARITY_BUILD'] = 'as-needed';
});
afterEach(async () => {
  delete process.env['CLARITY_BUILD'];
  await rm(root, { recursive: true });
});

const ran: string[] = [];
const verbWith = (...builds: Build[]) =>
  defineVerb({
    name: 'greet',
    summary: 'print a greeting',
    options: { name: required('--name <name>', 'whom', (text) => text.toUpperCase()) },
    outputs: { greeting: 'the greeting' },
    github: {},
    needs: 'nothing',
    builds,
    run: async (_start, { name }, output) => {
      ran.push(name);
      output('greeting', `hello ${name}`);
    },
  });

function start() {
  const { start: plain } = testStart(root);
  const outputs: string[] = [];
  const job = { ...plain.job, output: (name: string, value: string) => outputs.push(name, value) };
  const none = () => {
    throw new Error('not needed');
  };
  const full: TerraformStart = { ...plain, job, openAws: none, openTerraform: none };
  return { open: () => full, outputs };
}
beforeEach(() => ran.splice(0));

test('a verb runs with its parsed options, and its outputs go to the job', async () => {
  const { open, outputs } = start();
  await runVerb(verbWith(), { name: 'ada' }, open);
  expect(ran).toEqual(['ADA']);
  expect(outputs).toEqual(['greeting', 'hello ADA']);
});

test.each<[string, Build[]]>([
  ['', []],
  ['run-many -t build -p @clarity/infra,@clarity/api --outputStyle=static\n', ['infra', 'api']],
])('asks Nx for the projects that the verb needs: "%s"', async (request, builds) => {
  await fakeNx(root, 'exit 0');
  await runVerb(verbWith(...builds), { name: 'ada' }, start().open);
  await expect(askedOfNx(root)).resolves.toBe(request);
});

test('a failed build is reported with its output, and the verb does not run', async () => {
  await fakeNx(root, 'echo "main.ts: cannot resolve ./missing"; exit 1');
  await expect(runVerb(verbWith('api'), { name: 'ada' }, start().open)).rejects.toMatchObject({
    reason: 'usage',
    message: expect.stringMatching(/build of api failed[^]*cannot resolve/),
  });
  expect(ran).toEqual([]);
});

test('a built pipeline that is started directly builds nothing', async () => {
  delete process.env['CLARITY_BUILD'];
  await fakeNx(root, 'exit 1');
  await runVerb(verbWith('api'), { name: 'ada' }, start().open);
  expect(ran).toEqual(['ADA']);
});
