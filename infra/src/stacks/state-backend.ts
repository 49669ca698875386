import { LocalBackend, S3Backend, type S3BackendConfig, type TerraformStack } from '../cdktf';
import type { Account } from '../environments/schema';

/** S3's own lock, by conditional writes; newer than CDKTF's types. */
type LockingS3Backend = S3BackendConfig & { readonly useLockfile: true };

/** Says where a stack's state lies, and so where other stacks read its outputs. */
export function keepState(stack: TerraformStack, { state, region, id }: Account): void {
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
  };
  new S3Backend(stack, backend);
}
