import { readdir, readFile } from 'node:fs/promises';
import { runProgram } from '@clarity/host';

/** The variable that marks every process of a job, as GitHub's runner marks them. */
export const trackingVariable = 'RUNNER_TRACKING_ID';

/**
 * Kills what a job's steps left running. As GitHub's runner does
 * (https://github.com/actions/runner/blob/main/src/Runner.Worker/JobExtension.cs), it looks for the job's id
 * in the environment of every process, so a process that clears its environment stays.
 * @returns the process ids
 */
export async function endOrphans(trackingId: string): Promise<readonly number[]> {
  const mark = `${trackingVariable}=${trackingId}`;
  const orphans = process.platform === 'linux' ? await inProc(mark) : await inPs(mark);
  return orphans.filter((pid) => {
    try {
      return process.kill(pid, 'SIGKILL');
    } catch {
      return false;
    }
  });
}

async function inProc(mark: string): Promise<readonly number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const marked = pids.map(async (pid) => {
    // Another user's process cannot be read, one that has ended is gone.
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
    return environment.split('\0').includes(mark) ? [Number(pid)] : [];
  });
  return (await Promise.all(marked)).flat();
}

/** macOS. */
async function inPs(mark: string): Promise<readonly number[]> {
  const list = await runProgram('ps', ['-axEww', '-o', 'pid=,command='], { cwd: '/' });
  return list
    .split('\n')
    .filter((line) => line.split(' ').includes(mark))
    .map((line) => Number.parseInt(line, 10));
}
