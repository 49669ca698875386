import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { S3Client } from '@aws-sdk/client-s3';
import {
  GetParameterCommand,
  ParameterNotFound,
  PutParameterCommand,
  type SSMClient,
} from '@aws-sdk/client-ssm';
import type { Stack } from '../stacks/manifest';
import { stateVersion, statesOf } from '../stacks/state-bucket';

/** Records of what each stack was last applied with. They are in the environment, so every runner sees them. */
export interface StackStamps {
  /**
   * Whether nothing has changed since the stack was last applied: its code, these variables, its state, and the states
   * of the stacks whose outputs it reads.
   */
  isApplied(stack: Stack, variables: Variables): Promise<boolean>;
  /** Before an apply: one that ends half-way leaves neither the new stack nor the old one. */
  forget(stack: Stack): Promise<void>;
  remember(stack: Stack, variables: Variables): Promise<void>;
}

type Variables = Readonly<Record<string, string>>;

/** @param clients of the stamps and of the states */
export function stackStamps(
  { ssm, s3 }: { readonly ssm: SSMClient; readonly s3: S3Client },
  environment: string,
): StackStamps {
  const nameOf = (stack: Stack) => `/clarity/${environment}/applied/${stack.name}`;
  const write = async (stack: Stack, value: string) => {
    const parameter = {
      Name: nameOf(stack),
      Value: value,
      Type: 'String',
      Overwrite: true,
    } as const;
    await ssm.send(new PutParameterCommand(parameter));
  };
  return {
    async isApplied(stack, variables) {
      try {
        const { Parameter } = await ssm.send(new GetParameterCommand({ Name: nameOf(stack) }));
        return Parameter?.Value === (await stampOf(s3, stack, variables));
      } catch (error) {
        if (error instanceof ParameterNotFound) return false;
        throw error;
      }
    },
    forget: (stack) => write(stack, 'an apply has begun'),
    remember: async (stack, variables) => write(stack, await stampOf(s3, stack, variables)),
  };
}

async function stampOf(s3: S3Client, stack: Stack, variables: Variables): Promise<string> {
  const code = await readFile(join(stack.folder, 'cdk.tf.json'), 'utf8');
  const states = await statesOf(stack);
  const versions = await Promise.all(states.map((state) => stateVersion(s3, state)));
  return createHash('sha256')
    .update(JSON.stringify([code, variables, versions]))
    .digest('hex');
}
