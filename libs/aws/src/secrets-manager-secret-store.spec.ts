import { CreateSecretCommand } from '@aws-sdk/client-secrets-manager';
import { describeSecretStore } from '@clarity/domain/testing';
import { testClients } from '../test/clients';
import { secretsManagerSecretStore } from './secrets-manager-secret-store';

const { secretsManager } = testClients();

describeSecretStore('Secrets Manager', () => ({
  secrets: secretsManagerSecretStore(secretsManager),
  async set(name, value) {
    await secretsManager.send(new CreateSecretCommand({ Name: name, SecretString: value }));
  },
}));
