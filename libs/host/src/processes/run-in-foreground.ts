import { spawn } from 'node:child_process';
import { exitCodeOf } from './exit-code';

/**
 * Runs a program on our own terminal, in our place: it gets our input and output, and the SIGTERM and
 * SIGHUP that we get. A Ctrl-C of the terminal reaches it by itself.
 * @returns its exit code
 * @throws Error (ENOENT, EACCES …) if it cannot be started
 */
export async function runInForeground(program: string, args: readonly string[]): Promise<number> {
  const child = spawn(program, args, { stdio: 'inherit' });
  const ignore = () => undefined;
  const pass = () => child.kill('SIGTERM');
  process.on('SIGINT', ignore).on('SIGTERM', pass).on('SIGHUP', pass);
  try {
    return await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) => resolve(exitCodeOf(code, signal)));
    });
  } finally {
    process.off('SIGINT', ignore).off('SIGTERM', pass).off('SIGHUP', pass);
  }
}
