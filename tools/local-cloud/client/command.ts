import { join } from 'node:path';
import type { IamMode } from '../src/contract';

export interface CloudFlags {
  /** How much faster the clock of the embedded AWS is than real time. */
  readonly speed?: number;
  /** Port of the first load balancer. */
  readonly loadBalancerPort?: number;
  /** What happens to calls that IAM would deny; `enforce` if left out. */
  readonly iam?: IamMode;
}

/** A program and its arguments. */
export type CommandLine = readonly [string, ...string[]];

interface UpOptions extends CloudFlags {
  /** Root of the workspace, whose dist/ holds the built program. */
  readonly root: string;
  readonly stateFolder: string;
  readonly port?: number;
}

/** Runs the embedded AWS until SIGINT or SIGTERM. */
export const upCommand = ({ root, stateFolder, port = 0, ...flags }: UpOptions): CommandLine => [
  process.execPath,
  programIn(root),
  'up',
  ...['--port', String(port)],
  ...['--state-dir', stateFolder],
  ...argumentsOf(flags),
];

/** Runs a command on an embedded AWS that ends with it, and exits with the command's code. */
export const execCommand = (
  root: string,
  command: readonly string[],
  flags: CloudFlags = {},
): CommandLine => [
  process.execPath,
  programIn(root),
  'exec',
  ...argumentsOf(flags),
  '--',
  ...command,
];

export const programIn = (root: string): string => join(root, 'dist/tools/local-cloud/main.js');

const argumentsOf = ({ speed, loadBalancerPort, iam }: CloudFlags): readonly string[] => [
  ...(speed === undefined ? [] : ['--speed', String(speed)]),
  ...(loadBalancerPort === undefined ? [] : ['--lb-port', String(loadBalancerPort)]),
  ...(iam === undefined ? [] : ['--iam', iam]),
];
