/** Where the value of a container's secret comes from. */
export type SecretReference =
  | {
      readonly kind: 'secrets-manager';
      readonly secretId: string;
      readonly region: string;
      /** The key of a JSON secret; undefined: the whole secret. */
      readonly jsonKey: string | undefined;
      readonly versionStage: string | undefined;
      readonly versionId: string | undefined;
    }
  | { readonly kind: 'parameter'; readonly name: string; readonly region: string };

/** `arn:aws:secretsmanager:<region>:<account>:secret:<name>-<6>[:key[:stage[:version]]]` */
const secretArn =
  /^(arn:[^:]+:secretsmanager:([^:]+):\d*:secret:[^:]+)(?::([^:]*))?(?::([^:]*))?(?::([^:]*))?$/;
const parameterArn = /^arn:[^:]+:ssm:([^:]+):\d*:parameter(\/.*)$/;

/**
 * Reads a `valueFrom` of a task definition: the ARN of a secret (with JSON key, version stage and
 * version, each of which may be empty), the ARN of a parameter, or the bare name of a parameter in
 * the task's own region.
 */
export function parseSecretReference(valueFrom: string, region: string): SecretReference {
  const [, secretId, secretRegion, jsonKey, versionStage, versionId] =
    secretArn.exec(valueFrom) ?? [];
  if (secretId !== undefined && secretRegion !== undefined)
    return {
      kind: 'secrets-manager',
      secretId,
      region: secretRegion,
      jsonKey: jsonKey || undefined,
      versionStage: versionStage || undefined,
      versionId: versionId || undefined,
    };
  const [, parameterRegion, path] = parameterArn.exec(valueFrom) ?? [];
  if (path === undefined || parameterRegion === undefined)
    return { kind: 'parameter', name: valueFrom, region };
  // A parameter without hierarchy has no slash in its name, but has one in its ARN.
  const name = path.indexOf('/', 1) === -1 ? path.slice(1) : path;
  return { kind: 'parameter', name, region: parameterRegion };
}
