import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from '../src/app';
import { selectEnvironment } from '../src/environments/select';
import type { SynthesisedEnvironment } from './policies/policy';
import type { Synthesised } from './synthesise';

const done = new Map<string, SynthesisedEnvironment>();

/** All stacks of an environment, as `node dist/infra/main.js` would write them. */
export function synthesiseEnvironment(name: string): SynthesisedEnvironment {
  const known = done.get(name);
  if (known) return known;
  const folder = mkdtempSync(join(tmpdir(), 'clarity-synth-'));
  try {
    buildApp(selectEnvironment({ CLARITY_ENVIRONMENT: name }), folder).synth();
    const stacks = Object.fromEntries(
      readdirSync(join(folder, 'stacks')).map((stack) => [
        stack,
        JSON.parse(
          readFileSync(join(folder, 'stacks', stack, 'cdk.tf.json'), 'utf8'),
        ) as Synthesised,
      ]),
    );
    const environment = { name, stacks };
    done.set(name, environment);
    return environment;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
