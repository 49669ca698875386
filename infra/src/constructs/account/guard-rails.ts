import { Construct } from 'constructs';
import { EbsEncryptionByDefault, S3AccountPublicAccessBlock } from '../../aws';

/** Defaults of the whole account: no bucket can become public, and every new disk is encrypted. */
export class GuardRails extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new S3AccountPublicAccessBlock(this, 'buckets', {
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new EbsEncryptionByDefault(this, 'disks', { enabled: true });
  }
}
