import type { ECRClient } from '@aws-sdk/client-ecr';
import { tryProgram, type ProgramEnd } from '@clarity/host';
import type { Reporter } from '../../io/reporter';
import type { Workspace } from '../../io/workspace';
import { PipelineError } from '../../errors';
import { registryLogin } from './registry';

const limitMs = 40 * 60_000;
/** Exit code of a program that could not be started. */
const notFound = 127;

/** Where images are built and copied, and the registry that they are pushed to. */
export interface BuildPlace {
  readonly workspace: Workspace;
  readonly reporter: Reporter;
  readonly signal: AbortSignal;
  readonly ecr: ECRClient;
}

/** Logs Docker in to a registry. The password is on standard input, where no other process can see it. */
export async function logIn(place: BuildPlace, ecr: ECRClient): Promise<void> {
  const { registry, user, password } = await registryLogin(ecr);
  const args = ['login', '--username', user, '--password-stdin', registry];
  const { exitCode, stderr } = await docker(place, args, password);
  if (exitCode !== 0)
    throw new PipelineError('environment', `Docker could not log in to ECR: ${stderr.trim()}`);
}

/** @throws PipelineError `environment` if there is no Docker */
export async function docker(
  { workspace, signal, reporter }: BuildPlace,
  args: readonly string[],
  input?: string,
): Promise<ProgramEnd> {
  const end = await tryProgram('docker', args, {
    cwd: workspace.root,
    timeoutMs: limitMs,
    signal,
    ...(input === undefined ? {} : { input }),
    onLine: (line) => reporter.info(line),
  });
  if (end.exitCode === notFound && !signal.aborted)
    throw new PipelineError(
      'environment',
      'Container images are built with Docker and its Buildx plugin, but there is no `docker` here.',
      'Install Docker, or let the workflow build the images.',
    );
  return end;
}
