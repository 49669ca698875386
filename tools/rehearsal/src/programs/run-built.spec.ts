import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inTempFolder } from '@clarity/host';
import { runBuilt } from './run-built';

afterEach(() => delete process.env['CLARITY_BUILD']);

test('a built program is run as it is, also if the rehearsal was started from its sources', () =>
  inTempFolder('run-built', async (root) => {
    await mkdir(join(root, 'dist/tools/printer'), { recursive: true });
    const script = 'tools/printer/main.js';
    await writeFile(
      join(root, 'dist', script),
      "console.log('build:', process.env.CLARITY_BUILD, 'endpoint:', process.env.AWS_ENDPOINT_URL)",
    );
    process.env['CLARITY_BUILD'] = 'as-needed';
    const { exitCode, output } = await runBuilt(script, [], {
      root,
      env: { AWS_ENDPOINT_URL: 'http://localhost' },
      log: join(root, 'printer.log'),
      signal: new AbortController().signal,
      note: () => undefined,
    });
    expect([exitCode, output]).toEqual([0, 'build:  endpoint: http://localhost']);
  }));
