import type { CallJson } from '../../moto/aws-json';
import { CannotStartContainer } from '../runtime/task-runtime';
import { parseSecretReference, type SecretReference } from './secret-reference';

/**
 * The value of a container's secret.
 * @throws CannotStartContainer `ResourceInitializationError: …`, as ECS words it; never the value
 */
export async function resolveSecret(
  call: CallJson,
  valueFrom: string,
  region: string,
): Promise<string> {
  try {
    return await readSecret(call, parseSecretReference(valueFrom, region));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CannotStartContainer(
      `ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from ${valueFrom}: ${reason}`,
      { cause },
    );
  }
}

async function readSecret(call: CallJson, reference: SecretReference): Promise<string> {
  const { region } = reference;
  if (reference.kind === 'parameter') {
    const { Parameter } = await call<{ Parameter: { Value: string } }>(
      { service: 'ssm', region, target: 'AmazonSSM.GetParameter' },
      { Name: reference.name, WithDecryption: true },
    );
    return Parameter.Value;
  }
  const { SecretString } = await call<{ SecretString?: string }>(
    { service: 'secretsmanager', region, target: 'secretsmanager.GetSecretValue' },
    {
      SecretId: reference.secretId,
      VersionStage: reference.versionStage,
      VersionId: reference.versionId,
    },
  );
  if (SecretString === undefined) throw new Error('the secret has no SecretString');
  return reference.jsonKey === undefined
    ? SecretString
    : jsonField(SecretString, reference.jsonKey);
}

function jsonField(text: string, key: string): string {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new Error('the secret is not JSON');
  }
  const fields = new Map(
    document !== null && typeof document === 'object' ? Object.entries(document) : [],
  );
  const value: unknown = fields.get(key);
  if (value === undefined) throw new Error(`the secret has no key ${key}`);
  return typeof value === 'string' ? value : JSON.stringify(value);
}
