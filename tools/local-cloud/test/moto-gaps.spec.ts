import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { clientEnvironment } from '../src/exec/client-environment';
import { findMoto, machineSearch } from '../src/moto/find-moto';
import { runCloud } from './running-cloud';

jest.setTimeout(60_000);

/** boto3 comes with moto: the one client that knows every service whose gaps are closed. */
it("closes moto's gaps", async () => {
  const moto = await findMoto(machineSearch('none'));
  if (moto.kind !== 'python') return;
  const running = await runCloud();
  try {
    const script = join(__dirname, 'moto_gaps_test.py');
    const { stderr } = await promisify(execFile)(moto.python, ['-B', script], {
      env: { ...clientEnvironment(running.cloud.endpoint), PATH: process.env['PATH'] },
    });
    expect(stderr).toMatch(/Ran \d+ tests[\s\S]*\nOK/);
  } finally {
    await running.stop();
  }
});
