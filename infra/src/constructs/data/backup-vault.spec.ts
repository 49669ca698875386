import { keyArn, only, synthesise } from '../../../test/synthesise';
import { BackupVault } from './backup-vault';

const vault = (settings: { immutableAfterDays?: number } = {}) =>
  synthesise((scope) => {
    new BackupVault(scope, 'vault', {
      name: 'clarity-test-backup',
      keyArn,
      retention: { minimumDays: 7, maximumDays: 97 },
      emptyOnDestroy: false,
      preventDestroy: true,
      resourceTimeout: '5m',
      ...settings,
    });
  });

describe('BackupVault', () => {
  it('is encrypted with our key and protected from destruction', () => {
    expect(only(vault(), 'aws_backup_vault')).toMatchObject({
      kms_key_arn: keyArn,
      force_destroy: false,
      lifecycle: { prevent_destroy: true },
    });
  });

  it('limits retention from both sides with a removable lock', () => {
    const lock = only(vault(), 'aws_backup_vault_lock_configuration');
    expect(lock).toMatchObject({
      backup_vault_name: '${aws_backup_vault.vault_vault.name}',
      min_retention_days: 7,
      max_retention_days: 97,
    });
    expect(lock).not.toHaveProperty('changeable_for_days');
  });

  it('makes the lock immutable only if configured', () => {
    const lock = only(vault({ immutableAfterDays: 14 }), 'aws_backup_vault_lock_configuration');
    expect(lock).toMatchObject({ changeable_for_days: 14 });
  });
});
