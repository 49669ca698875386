import {
  GetParameterCommand,
  ParameterNotFound,
  PutParameterCommand,
  type SSMClient,
} from '@aws-sdk/client-ssm';
import { jsonParser } from '@clarity/schema';
import { releaseSchema, type Release } from './release';

const parseRelease = jsonParser('release pointer', releaseSchema);

/** Names the current release of an environment. */
export interface ReleasePointer {
  /** @returns undefined if no release was ever completed */
  read(): Promise<Release | undefined>;
  /** Makes a release the current one. Only after SUCCESSFUL: the pointer names only what is serving. */
  move(release: Release): Promise<void>;
}

export function releasePointer(ssm: SSMClient, environment: string): ReleasePointer {
  const Name = `/clarity/${environment}/release`;
  return {
    async read() {
      try {
        const { Parameter } = await ssm.send(new GetParameterCommand({ Name }));
        // Terraform creates the parameter with a word in it that is not a release.
        return Parameter?.Value?.startsWith('{') ? parseRelease(Parameter.Value) : undefined;
      } catch (error) {
        if (error instanceof ParameterNotFound) return undefined;
        throw error;
      }
    },
    async move(release) {
      const Value = JSON.stringify(release);
      await ssm.send(new PutParameterCommand({ Name, Value, Type: 'String', Overwrite: true }));
    },
  };
}
