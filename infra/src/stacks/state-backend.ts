import { LocalBackend, S3Backend, type S3BackendConfig, type TerraformStack } from '../cdktf';
import type { Account } from '../environments/schema';

/** S3's own lock, by conditional writes; newer than CDKTF's types. */
type LockingS3Backend = S3BackendConfig & { readonly useLockfile: true };

/** Says where a stack's state lies, and so where other stacks read its outputs. */
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
    ...reachedAs(provider),
  };
  new S3Backend(stack, backend);
}

/** The backend is reached as the provider is: nothing for a real account. */
function reachedAs(provider: Account['provider']): Partial<S3BackendConfig> {
  if (!provider.s3UsePathStyle) return {};
  return {
    accessKey: provider.accessKey ?? '',
    secretKey: provider.secretKey ?? '',
    usePathStyle: true,
    skipCredentialsValidation: true,
    skipMetadataApiCheck: true,
    skipRegionValidation: true,
  };
}
