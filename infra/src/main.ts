import { mkdirSync } from 'node:fs';
import { ValidationError } from '@clarity/schema';
import { buildApp } from './app';
import { embedded } from './environments/accounts';
import { refusePlaceholders } from './environments/placeholders';
import { selectEnvironment } from './environments/select';
import { writePlanOnly } from './plan-only-file';

/** Synthesises the selected environment to CDKTF_OUTDIR (default cdktf.out). */
function main(): void {
  const environment = selectEnvironment(process.env);
  if (environment.account.id !== embedded.id) refusePlaceholders(environment);
  const outdir = process.env['CDKTF_OUTDIR'] || 'cdktf.out';
  mkdirSync(outdir, { recursive: true });
  buildApp(environment, outdir).synth();
  writePlanOnly(environment, outdir);
}

try {
  main();
} catch (error) {
  if (!(error instanceof ValidationError)) throw error;
  const places = error.fields.map(({ pointer, detail }) => `  ${pointer || '/'}: ${detail}`);
  process.stderr.write(`${[error.message, ...places].join('\n')}\n`);
  process.exitCode = 2;
}
