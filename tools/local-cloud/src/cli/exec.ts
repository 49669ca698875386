import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  nextSignal,
  type ProcessGroup,
  type ProcessGuard,
  startGroup,
  startGuard,
} from '@clarity/host';
import { startCloud } from '../cloud/start-cloud';
import { LocalCloudError } from '../errors/local-cloud-error';
import type { IamMode } from '../contract';
import type { ReadMode } from '../ecs/api/read-moment';
import type { RuntimeKind } from '../ecs/runtime/choose-runtime';
import { findMoto, machineSearch } from '../moto/find-moto';
import { readSettings } from './settings';
import { clientEnvironment } from './client-environment';

export interface ExecOptions {
  readonly command: readonly string[];
  readonly stateDir: string | undefined;
  readonly lbPort: number;
  readonly speed: number;
  readonly runtime: RuntimeKind;
  readonly iam: IamMode;
  readonly reads: ReadMode;
  readonly print: (line: string) => void;
}

/** Runs a command against an embedded AWS of its own; resolves to the command's exit code. */
export async function exec({
  command,
  stateDir,
  lbPort,
  speed,
  runtime,
  iam,
  reads,
  print,
}: ExecOptions): Promise<number> {
  const settings = readSettings();
  const stateFolder = stateDir ?? mkdtempSync(join(tmpdir(), 'local-cloud-'));
  const guard = startGuard();
  let child: ProcessGroup | undefined;
  const signals = nextSignal((signal) => child?.signal(signal));
  try {
    const cloud = await startCloud({
      moto: await findMoto(machineSearch(join(settings.localFolder, 'moto'))),
      guard,
      port: 0,
      loadBalancerPort: lbPort,
      speed,
      runtime,
      iam,
      reads,
      stateFolder,
      imageStore: settings.imageStore,
      onNote: print,
    });
    try {
      child = await startCommand(guard, command, {
        ...clientEnvironment(cloud.endpoint),
        LOCAL_CLOUD_STATE_DIR: stateFolder,
      });
      const broken = cloud.broken.then(async (reason) => {
        print(`${reason}: ending the command`);
        await child?.end(10_000);
        return 1;
      });
      return await Promise.race([broken, child.exited]);
    } finally {
      await cloud.stop();
    }
  } finally {
    signals.stop();
    await guard.close();
    if (!stateDir) rmSync(stateFolder, { recursive: true, force: true });
  }
}

async function startCommand(
  guard: ProcessGuard,
  [program = '', ...args]: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<ProcessGroup> {
  const env = { ...inherited(), ...environment };
  return startGroup(program, args, { env, stdio: 'inherit', guard }).catch((cause: Error) => {
    throw new LocalCloudError(`${program} cannot be run: ${cause.message}`, { cause });
  });
}

/** The caller's environment, without what would lead its AWS clients to the real AWS. */
const inherited = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined || /^AWS_(PROFILE|SESSION_TOKEN|ENDPOINT_URL)/.test(name)
        ? []
        : [[name, value]],
    ),
  );
