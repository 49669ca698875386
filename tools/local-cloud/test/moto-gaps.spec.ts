import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { clientEnvironment } from '../src/cli/client-environment';
import { findMoto, machineSearch } from '../src/moto/find-moto';
import { runCloud } from './running-cloud';

jest.setTimeout(120_000);

const succeeded = /Ran \d+ tests?[\s\S]*\nOK/;

/** @returns what unittest reports about the tests of a file next to this one; undefined if moto is not a Python package here */
async function runPython(file: string, env: Readonly<Record<string, string>>) {
  const moto = await findMoto(machineSearch('none'));
  if (moto.kind !== 'python') return undefined;
  const { stderr } = await promisify(execFile)(moto.python, ['-B', join(__dirname, file)], {
    env: { ...env, PATH: process.env['PATH'] },
  });
  return stderr;
}

/** boto3 comes with moto: the one client that knows every service whose gaps are closed. */
describe('the plugin of moto', () => {
  let running: Awaited<ReturnType<typeof runCloud>>;
  beforeAll(async () => (running = await runCloud()));
  afterAll(() => running.stop());

  it.each([
    ['closes gaps', 'moto_gaps_test.py'],
    ['fills answers with the defaults of AWS', 'moto_answers_test.py'],
    ['refuses what IAM, keys and secrets refuse', 'moto_access_refusals_test.py'],
    ['refuses what networks and load balancers refuse', 'moto_network_refusals_test.py'],
    ['refuses what queues, tables, logs, alarms and stacks refuse', 'moto_data_refusals_test.py'],
  ])('%s', async (_behaviour, file) => {
    const report = await runPython(file, clientEnvironment(running.cloud.endpoint));
    if (report !== undefined) expect(report).toMatch(succeeded);
  });
});

it('lets one of several conditional writes win', async () => {
  const report = await runPython('moto_races_test.py', {});
  if (report !== undefined) expect(report).toMatch(succeeded);
});
