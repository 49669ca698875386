import type { AwsContext } from '../../core/context';

/** `pipeline unlock`: names the holder of the lock and takes the lock away from it. */
export async function unlockEnvironment({
  environment,
  reporter,
  locks,
}: AwsContext): Promise<void> {
  const lock = await locks.read();
  if (!lock || lock.leaseUntil < Date.now()) return reporter.step(`${environment} is not locked`);
  await locks.break();
  reporter.step(
    `released the lock on ${environment} (a ${lock.kind}), which was held by ${lock.holder}`,
  );
}
