import { runScript } from './run-script';

const untilLine = (lines: readonly string[], line: string) =>
  new Promise<void>((resolve) => {
    const look = () => (lines.includes(line) ? resolve() : setImmediate(look));
    look();
  });

/** Runs bash with a clock for the steps of a cancellation only. */
function start(script: string) {
  const [cancel, kill] = [new AbortController(), new AbortController()];
  const lines: string[] = [];
  const code = runScript('bash', ['-c', script], {
    cwd: '/',
    env: { PATH: process.env['PATH'] ?? '' },
    signal: cancel.signal,
    killed: kill.signal,
    onLine: (line) => void lines.push(line),
  });
  return { cancel, kill, lines, code };
}

beforeEach(() => {
  jest.useFakeTimers({
    doNotFake: ['setImmediate', 'clearImmediate', 'nextTick', 'queueMicrotask', 'performance'],
  });
});
afterEach(() => jest.useRealTimers());

const stubborn =
  'trap "echo INT" INT; trap "echo TERM" TERM; echo ready; while :; do sleep 0.05; done';

test('a cancelled program gets SIGINT, SIGTERM after 7.5 s and SIGKILL 2.5 s later', async () => {
  const { cancel, lines, code } = start(stubborn);
  await untilLine(lines, 'ready');
  cancel.abort();
  await untilLine(lines, 'INT');
  await jest.advanceTimersByTimeAsync(7_499);
  expect(lines).toEqual(['ready', 'INT']);
  await jest.advanceTimersByTimeAsync(1);
  await untilLine(lines, 'TERM');
  await jest.advanceTimersByTimeAsync(2_500);
  expect(await code).toBe(128 + 9);
});

test('only the program itself is signalled, not what it started', async () => {
  const child = `trap 'echo child got INT' INT; echo child ready; sleep 0.3; echo child done`;
  const { cancel, lines, code } = start(`bash -c "${child}" & trap "wait; exit 1" INT; wait`);
  await untilLine(lines, 'child ready');
  cancel.abort();
  expect(await code).toBe(1);
  expect(lines).toEqual(['child ready', 'child done']);
});

test('a program that is to end at once gets no time', async () => {
  const { kill, lines, code } = start(stubborn);
  await untilLine(lines, 'ready');
  kill.abort();
  expect(await code).toBe(128 + 9);
  expect(lines).toEqual(['ready']);
});

test('a process left behind that holds the output delays the step by 5 s, not until it ends', async () => {
  const { lines, code } = start('sleep 30 & echo $!');
  await new Promise((resolve) => setImmediate(resolve));
  while (lines.length === 0) await new Promise((resolve) => setImmediate(resolve));
  let ended = false;
  void code.then(() => (ended = true));
  for (let waited = 0; !ended && waited < 20; waited++) {
    await jest.advanceTimersByTimeAsync(1_000);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(await code).toBe(0);
  process.kill(Number(lines[0]));
});
