import { Construct } from 'constructs';
import {
  SecretsmanagerSecret,
  SecretsmanagerSecretRotation,
  SecretsmanagerSecretVersion,
} from '../../aws';
import { TerraformStack } from '../../cdktf';

export interface GeneratedSecretProps {
  readonly name: string;
  readonly description: string;
  readonly keyArn: string;
  /** Number of characters (letters and digits). */
  readonly length: number;
  /** Increase it to make the next apply write a new value. */
  readonly version: number;
  readonly recoveryDays: number;
  readonly preventDestroy: boolean;
  /**
   * A Lambda function, not part of this app, that rotates the value. Its role needs access to the secret
   * and the key, and its resource policy has to allow secretsmanager.amazonaws.com to invoke it.
   */
  readonly rotation?: { readonly lambdaArn: string; readonly days: number } | undefined;
}

/**
 * A secret whose value Secrets Manager generates. Terraform passes it from an ephemeral resource to a
 * write-only argument, so that neither plan nor state ever contains it.
 */
export class GeneratedSecret extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: GeneratedSecretProps) {
    super(scope, id);
    const secret = new SecretsmanagerSecret(this, 'secret', {
      name: props.name,
      description: props.description,
      kmsKeyId: props.keyArn,
      recoveryWindowInDays: props.recoveryDays,
      lifecycle: { preventDestroy: props.preventDestroy },
    });
    // CDKTF has no class for ephemeral resources.
    const generator = `${id.replaceAll('-', '_')}_value`;
    TerraformStack.of(this).addOverride(
      `ephemeral.aws_secretsmanager_random_password.${generator}`,
      { password_length: props.length, exclude_punctuation: true },
    );
    const value = new SecretsmanagerSecretVersion(this, 'value', {
      secretId: secret.id,
      secretStringWo: `\${ephemeral.aws_secretsmanager_random_password.${generator}.random_password}`,
      secretStringWoVersion: props.version,
    });
    if (props.rotation)
      new SecretsmanagerSecretRotation(this, 'rotation', {
        secretId: secret.id,
        rotationLambdaArn: props.rotation.lambdaArn,
        rotationRules: { automaticallyAfterDays: props.rotation.days },
        // Terraform writes the first value; tasks that start now must not wait for the function.
        rotateImmediately: false,
        dependsOn: [value],
      });
    this.arn = secret.arn;
  }
}
