import { setTimeout as wait } from 'node:timers/promises';
import { ProgramFailed, runProgram, tryProgram } from './run-program';

const node = (script: string, options?: Parameters<typeof tryProgram>[2]) =>
  tryProgram(process.execPath, ['--eval', script], options);

describe('tryProgram', () => {
  it('returns the exit code and what was printed', async () => {
    const end = await node('console.log("out"); console.error("err"); process.exitCode = 3');
    expect(end).toEqual({ exitCode: 3, stdout: 'out', stderr: 'err', timedOut: false });
  });

  it('reports a program that cannot be started as 127, with the reason', async () => {
    const end = await tryProgram('/no/such/program', []);
    expect(end.exitCode).toBe(127);
    expect(end.stderr).toMatch(/ENOENT/);
  });

  it('reports a signal as 128 and its number', async () => {
    expect((await node('process.kill(process.pid, "SIGKILL")')).exitCode).toBe(137);
  });

  it('passes lines on as they arrive and still returns all of them', async () => {
    const seen: string[] = [];
    const { stdout } = await node('console.log("one\\ntwo"); console.error("three")', {
      onLine: (line, stream) => seen.push(`${stream} ${line}`),
    });
    expect(stdout).toBe('one\ntwo');
    expect(seen.sort()).toEqual(['stderr three', 'stdout one', 'stdout two']);
  });

  it('gives the program its input, and an empty one if there is none', async () => {
    const echo = 'process.stdin.pipe(process.stdout)';
    expect((await node(echo, { input: 'secret' })).stdout).toBe('secret');
    expect((await node(echo)).stdout).toBe('');
  });

  it('ignores input that the program does not read', async () => {
    expect((await node('', { input: 'x'.repeat(1_000_000) })).exitCode).toBe(0);
  });

  it('adds to our environment', async () => {
    const { stdout } = await node('console.log(`${process.env.ADDED} ${"PATH" in process.env}`)', {
      env: { ADDED: 'yes' },
    });
    expect(stdout).toBe('yes true');
  });

  it('ends a program that takes too long, by force if it does not listen', async () => {
    const deaf = 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000); console.log("up")';
    const end = await node(deaf, { timeoutMs: 1_000, graceMs: 200 });
    expect(end).toMatchObject({ exitCode: 137, timedOut: true });
  });

  it('asks a program to end when the signal aborts, and lets it clean up', async () => {
    const abort = new AbortController();
    const tidy =
      'process.on("SIGINT", () => { console.log("unlocked"); process.exit(5) });' +
      'setInterval(() => {}, 1000); console.log("up")';
    const end = await node(tidy, {
      signal: abort.signal,
      endSignal: 'SIGINT',
      graceMs: 10_000,
      onLine: (line) => line === 'up' && abort.abort(),
    });
    expect(end).toMatchObject({ exitCode: 5, stdout: 'up\nunlocked', timedOut: false });
  });

  it('does not leave a program running that was cancelled before it began', async () => {
    const startedAt = Date.now();
    const { exitCode } = await node('setInterval(() => {}, 1000)', {
      signal: AbortSignal.abort(),
    });
    expect(exitCode).not.toBe(0);
    expect(Date.now() - startedAt).toBeLessThan(20_000);
    await wait(0);
  });
});

describe('runProgram', () => {
  it('throws with the last lines, and without the arguments behind the first', async () => {
    const run = runProgram(process.execPath, [
      '--eval',
      'console.error("it broke"); process.exit(1)',
      'third',
      'password',
    ]);
    await expect(run).rejects.toThrow(ProgramFailed);
    await expect(run).rejects.toThrow(/exit code 1:\n {2}it broke/);
    await expect(run).rejects.not.toThrow(/password/);
  });
});
