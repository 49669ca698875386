import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { runProgram } from '@clarity/host';
import { installedTerraform, realStack } from '../../../test/real-terraform';

/** After two interrupts, Terraform gives up after 5 s, and its lock remains. GitHub's SIGTERM comes after 7.5 s. */
const terraformsPatienceMs = 6_000;
const root = resolve(__dirname, '../../../../..');

/** A remote state that answers once it may: until then, a plan that reads it holds its lock. */
async function slowState() {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const asked = once(server, 'request');
  return {
    address: `http://127.0.0.1:${port}/`,
    asked,
    answer: () => {
      server.on('request', (_, response) => response.writeHead(204).end());
      void asked.then(([, response]) => response.writeHead(204).end());
    },
    close: () => void server.close(),
  };
}

let stack: Awaited<ReturnType<typeof realStack>>;
let remote: Awaited<ReturnType<typeof slowState>>;
let program: string;
beforeEach(async () => {
  stack = await realStack();
  remote = await slowState();
  program = join(stack.folder, 'plan-with-lock.js');
  await runProgram(join(root, 'node_modules/.bin/esbuild'), [
    join(root, 'tools/pipeline/test/plan-with-lock.ts'),
    '--bundle',
    '--platform=node',
    `--tsconfig=${join(root, 'tsconfig.base.json')}`,
    `--outfile=${program}`,
  ]);
  const config = { address: remote.address };
  await stack.write({ data: { terraform_remote_state: { slow: { backend: 'http', config } } } });
  await stack.terraform.init();
});
afterEach(async () => {
  remote.close();
  await stack.remove();
});

/** Its own process group, as a terminal gives one to a command. */
async function planHoldingTheLock() {
  const args = [program, stack.folder, await installedTerraform()];
  const plan = spawn(process.execPath, args, { detached: true, stdio: 'pipe' });
  let printed = '';
  plan.stdout.on('data', (text) => (printed += String(text)));
  await remote.asked;
  return { plan, ended: once(plan, 'close'), printed: () => printed };
}
const lock = () => join(dirname(stack.state), '.stack.tfstate.lock.info');

test.each([
  ['as GitHub cancels a job', false],
  ['by Ctrl-C, which reaches every process of the terminal', true],
])('a plan that is cancelled %s leaves no lock', async (_, inTerminal) => {
  const { plan, ended, printed } = await planHoldingTheLock();
  const pid = plan.pid ?? 0;
  expect(existsSync(lock())).toBe(true);
  process.kill(inTerminal ? -pid : pid, 'SIGINT');
  await wait(terraformsPatienceMs);
  process.kill(pid, 'SIGTERM');
  remote.answer();
  await ended;
  expect(printed()).toContain('terraform plan was interrupted');
  expect(existsSync(lock())).toBe(false);
});
