import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from '../src/app';
import { selectEnvironment } from '../src/environments/select';
import type { SynthesisedEnvironment } from './policies/policy';
import type { Synthesised } from './synthesise';

/** What `node dist/infra/main.js` writes for an environment. */
export interface Synthesis {
  /** Stack name → the stacks that it depends on. */
  readonly dependencies: Readonly<Record<string, readonly string[]>>;
  /** Stack name → when the pipeline applies it. */
  readonly phases: Readonly<Record<string, string>>;
  /** Stack name → its Terraform JSON as text. */
  readonly texts: Readonly<Record<string, string>>;
}

/** Environment → its synthesis; all suites of a Jest worker share it (jest.environment.cjs). */
declare const syntheses: Map<string, Synthesis>;

/** Synthesises an environment, once per Jest worker. */
export function synthesisOf(name: string): Synthesis {
  const known = syntheses.get(name);
  if (known) return known;
  const folder = mkdtempSync(join(tmpdir(), 'clarity-synth-'));
  try {
    buildApp(selectEnvironment({ CLARITY_ENVIRONMENT: name }), folder).synth();
    const { stacks } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
      stacks: Record<
        string,
        { dependencies: string[]; phase: string; synthesizedStackPath: string }
      >;
    };
    const each = <Value>(of: (stack: (typeof stacks)[string]) => Value) =>
      Object.fromEntries(Object.entries(stacks).map(([stack, entry]) => [stack, of(entry)]));
    const synthesis = {
      dependencies: each(({ dependencies }) => dependencies),
      phases: each(({ phase }) => phase),
      texts: each(({ synthesizedStackPath }) =>
        readFileSync(join(folder, synthesizedStackPath), 'utf8'),
      ),
    };
    syntheses.set(name, synthesis);
    return synthesis;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** All stacks of an environment, parsed for each caller, which may change them. */
export function synthesiseEnvironment(name: string): SynthesisedEnvironment {
  const stacks = Object.fromEntries(
    Object.entries(synthesisOf(name).texts).map(([stack, text]) => [
      stack,
      JSON.parse(text) as Synthesised,
    ]),
  );
  return { name, stacks };
}
