import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { nextSignal, startGuard } from '@clarity/host';
import { startCloud } from '../cloud/start-cloud';
import { checkNotRunning } from '../files/state-file';
import type { IamMode } from '../contract';
import type { ReadMode } from '../ecs/api/read-moment';
import type { RuntimeKind } from '../ecs/runtime/choose-runtime';
import { findMoto, machineSearch } from '../moto/find-moto';
import { readSettings } from './settings';

export interface UpOptions {
  readonly port: number;
  readonly lbPort: number;
  readonly speed: number;
  readonly runtime: RuntimeKind;
  readonly iam: IamMode;
  readonly reads: ReadMode;
  readonly stateDir: string | undefined;
  readonly print: (line: string) => void;
}

/** Runs the embedded AWS until SIGINT or SIGTERM; resolves to the exit code. */
export async function up({
  port,
  lbPort,
  speed,
  runtime,
  iam,
  reads,
  stateDir,
  print,
}: UpOptions): Promise<number> {
  const settings = readSettings();
  const stateFolder = stateDir ?? join(settings.localFolder, 'local-cloud');
  mkdirSync(stateFolder, { recursive: true });
  checkNotRunning(stateFolder);
  const signals = nextSignal();
  const guard = startGuard();
  try {
    const moto = await findMoto(machineSearch(join(settings.localFolder, 'moto')));
    const cloud = await startCloud({
      moto,
      guard,
      port,
      loadBalancerPort: lbPort,
      speed,
      runtime,
      iam,
      reads,
      stateFolder,
      imageStore: settings.imageStore,
      onNote: print,
    });
    print(`Ready: AWS endpoint at ${cloud.endpoint} (moto ${cloud.motoVersion})`);
    print(`State and task logs: ${stateFolder}`);
    const reason = await Promise.race([signals.received, cloud.broken]);
    print(`Stopping tasks and moto (${reason})`);
    await cloud.stop();
    print('Stopped');
    return reason.startsWith('SIG') ? 0 : 1;
  } finally {
    signals.stop();
    await guard.close();
  }
}
