import {
  GetParameterCommand,
  ParameterNotFound,
  PutParameterCommand,
  type SSMClient,
} from '@aws-sdk/client-ssm';
import { jsonParser } from '@clarity/schema';
import { releaseSchema, type Release } from './release';

const parseRelease = jsonParser('release pointer', releaseSchema);

export function pointerName(environment: string): string {
  return `/clarity/${environment}/release`;
}

/** @returns the current release, or undefined where none was ever completed */
export async function readPointer(
  ssm: SSMClient,
  environment: string,
): Promise<Release | undefined> {
  try {
    const { Parameter } = await ssm.send(
      new GetParameterCommand({ Name: pointerName(environment) }),
    );
    // Terraform makes the parameter with a word in it that is no release.
    return Parameter?.Value?.startsWith('{') ? parseRelease(Parameter.Value) : undefined;
  } catch (error) {
    if (error instanceof ParameterNotFound) return undefined;
    throw error;
  }
}

/** Makes `release` the current one. Only after SUCCESSFUL: the pointer never names what does not serve. */
export async function movePointer(
  ssm: SSMClient,
  environment: string,
  release: Release,
): Promise<void> {
  await ssm.send(
    new PutParameterCommand({
      Name: pointerName(environment),
      Value: JSON.stringify(release),
      Type: 'String',
      Overwrite: true,
    }),
  );
}
