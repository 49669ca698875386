import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Construct } from 'constructs';
import { App, Testing } from '../src/cdktf';
import { embedded } from '../src/environments/accounts';
import { ClarityStack } from '../src/stacks/clarity-stack';

/** Arguments of a resource in the synthesised JSON. */
export type Arguments = Readonly<Record<string, unknown>>;
type Blocks = Readonly<Record<string, Readonly<Record<string, Arguments>>>>;

/** A synthesised stack: type → address → arguments. */
export interface Synthesised {
  readonly resource: Blocks;
  readonly data?: Blocks;
  readonly output?: Readonly<Record<string, Arguments>>;
  readonly [block: string]: unknown;
}

export const account = { id: embedded.id, region: embedded.region };
export const keyArn = `arn:aws:kms:${account.region}:${account.id}:key/11111111-1111-4111-8111-111111111111`;

class TestStack extends ClarityStack {
  readonly phase = 'before-rollout';

  constructor(scope: Construct) {
    super(scope, 'test', { account: embedded, environment: 'test', part: 'test' });
  }
}

/** Synthesises constructs in a test stack, with CDKTF's validations. */
export function synthesise(build: (stack: Construct) => void): Synthesised {
  // CDKTF creates the folder but writes nothing to it.
  const outdir = join(tmpdir(), 'clarity-infra-specs');
  const app = new App({ outdir, stackTraces: false });
  const stack = new TestStack(Testing.stubVersion(app));
  build(stack);
  return JSON.parse(Testing.synth(stack, true)) as Synthesised;
}

/** All resources of a type, by address. */
export const all = (stack: Synthesised, type: string) => stack.resource[type] ?? {};

/** The one resource of a type. */
export function only(stack: Synthesised, type: string): Arguments {
  const [first, ...others] = Object.values(all(stack, type));
  if (!first || others.length > 0)
    throw new Error(
      `Expected one resource of type ${type}, found ${others.length + (first ? 1 : 0)}.`,
    );
  return first;
}

/** A JSON document inside an argument, such as a policy. */
export const parsed = (value: unknown): Record<string, unknown> & { Statement: Arguments[] } =>
  JSON.parse(String(value)) as Record<string, unknown> & { Statement: Arguments[] };
