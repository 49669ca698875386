import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  GetParameterCommand,
  ParameterNotFound,
  PutParameterCommand,
  type SSMClient,
} from '@aws-sdk/client-ssm';
import type { Stack } from '../stacks/manifest';

/** Records of what each stack was last applied with. They are in the environment, so every runner sees them. */
export interface StackStamps {
  /** Whether the stack as synthesised now, with these variables, is what was last applied. */
  isApplied(stack: Stack, variables: Readonly<Record<string, string>>): Promise<boolean>;
  remember(stack: Stack, variables: Readonly<Record<string, string>>): Promise<void>;
}

export function stackStamps(ssm: SSMClient, environment: string): StackStamps {
  const nameOf = (stack: Stack) => `/clarity/${environment}/applied/${stack.name}`;
  return {
    async isApplied(stack, variables) {
      try {
        const { Parameter } = await ssm.send(new GetParameterCommand({ Name: nameOf(stack) }));
        return Parameter?.Value === (await stampOf(stack, variables));
      } catch (error) {
        if (error instanceof ParameterNotFound) return false;
        throw error;
      }
    },
    async remember(stack, variables) {
      await ssm.send(
        new PutParameterCommand({
          Name: nameOf(stack),
          Value: await stampOf(stack, variables),
          Type: 'String',
          Overwrite: true,
        }),
      );
    },
  };
}

async function stampOf(stack: Stack, variables: Readonly<Record<string, string>>): Promise<string> {
  const text = await readFile(join(stack.folder, 'cdk.tf.json'), 'utf8');
  return createHash('sha256').update(text).update(JSON.stringify(variables)).digest('hex');
}
