import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DomainError, type SecretStore } from '@clarity/domain';
import { abortable } from './connection/abortable';
import { callAws } from './connection/aws-errors';

export function secretsManagerSecretStore(client: SecretsManagerClient): SecretStore {
  return {
    async read(name, options) {
      const notFound = ['not-found', `There is no secret ${name}.`] as const;
      const { SecretString } = await callAws(
        'Secrets Manager',
        () => client.send(new GetSecretValueCommand({ SecretId: name }), abortable(options)),
        { ResourceNotFoundException: notFound },
      );
      if (SecretString === undefined) throw new DomainError(...notFound);
      return SecretString;
    },
  };
}
