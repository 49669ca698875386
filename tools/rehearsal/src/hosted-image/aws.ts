import { writeFile } from 'node:fs/promises';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { region } from '../clients/embedded-account';

/**
 * Stands in for the AWS CLI, which GitHub's images have and a newcomer's machine may not: the one command
 * that a workflow runs. Anything else fails.
 */
async function main(args: readonly string[]): Promise<void> {
  const [service, command, ...rest] = args.filter((arg) => arg !== '--only-show-errors');
  const [from = '', to = '', ...more] = rest;
  const { bucket, key } = /^s3:\/\/(?<bucket>[^/]+)\/(?<key>.+)$/.exec(from)?.groups ?? {};
  if (service !== 's3' || command !== 'cp' || !bucket || !key || !to || more.length > 0)
    throw new Error(`The AWS CLI of the rehearsal does not support: aws ${args.join(' ')}`);
  const s3 = new S3Client({ region, forcePathStyle: true });
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  await writeFile(to, (await Body?.transformToByteArray()) ?? '');
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
