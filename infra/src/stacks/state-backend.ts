import { LocalBackend, S3Backend, type S3BackendConfig, type TerraformStack } from '../cdktf';
import type { Account } from '../environments/schema';

/** S3's own lock, by conditional writes; newer than CDKTF's types. */
type LockingS3Backend = S3BackendConfig & { readonly useLockfile: true };

/** Sets where a stack's state is stored, and therefore where other stacks read its outputs. */
export function addStateBackend(stack: TerraformStack, account: Account): void {
  const { state, region, id, provider } = account;
  const file = `${stack.node.id}.tfstate`;
  if (state.kind === 'file') {
    new LocalBackend(stack, { path: `${state.folder}/${file}` });
    return;
  }
  const backend: LockingS3Backend = {
    bucket: state.bucket,
    key: file,
    region,
    encrypt: true,
    kmsKeyId: state.kmsKeyArn,
    allowedAccountIds: [id],
    useLockfile: true,
    ...connectionOf(provider),
  };
  new S3Backend(stack, backend);
}

/** The same connection settings as the provider's: none for a real account. */
function connectionOf(provider: Account['provider']): Partial<S3BackendConfig> {
  if (!provider.s3UsePathStyle) return {};
  return {
    usePathStyle: true,
    skipMetadataApiCheck: true,
    skipRegionValidation: true,
  };
}
