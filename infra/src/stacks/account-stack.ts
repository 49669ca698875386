import type { Construct } from 'constructs';
import { TerraformOutput } from '../cdktf';
import { ContainerRepository } from '../constructs/container-repository';
import { EncryptionKey } from '../constructs/encryption-key';
import type { Account } from '../environments/schema';
import { ClarityStack } from './clarity-stack';

/** Once an account: the images. Environments share it, so nothing in it may depend on one of them. */
export class AccountStack extends ClarityStack {
  readonly api: ContainerRepository;
  readonly mlWorker: ContainerRepository;

  constructor(scope: Construct, account: Account) {
    super(scope, 'clarity-account', { account, environment: account.name, part: 'account' });
    const key = new EncryptionKey(this, 'key', {
      alias: 'clarity-account',
      description: 'Container images',
      account,
      deletionWindowDays: account.protection.keyDeletionDays,
      preventDestroy: account.protection.preventDestroy,
    });
    const repository = (id: string) =>
      new ContainerRepository(this, id, {
        name: `clarity-${id}`,
        keyArn: key.arn,
        emptyOnDestroy: account.protection.emptyOnDestroy,
        ...account.images,
      });
    this.api = repository('api');
    this.mlWorker = repository('ml-worker');

    new TerraformOutput(this, 'repositories', {
      description: 'Repository name → URL to push to',
      value: { 'clarity-api': this.api.url, 'clarity-ml-worker': this.mlWorker.url },
    });
  }
}
