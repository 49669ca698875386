import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { drainable } from './drain';

/** Longer than callers need to send. */
const busyMs = 1_000;

/** Sends `calls` requests at once, over connections that are warm if asked; prints how each ended. */
const callers = `
const { Agent, get } = require('node:http');
const [url, calls, warm] = process.argv.slice(1);
const agent = new Agent({ keepAlive: true, maxSockets: Number(calls) });
const call = (path) => new Promise((resolve) => get(url + path, { agent }, (response) =>
  response.resume().on('end', () => resolve(response.statusCode))).on('error', ({ code }) => resolve(code)));
const all = (path) => Promise.all(Array.from({ length: calls }, () => call(path)));
(warm ? all('/warm') : Promise.resolve()).then(() => all('/work')).then((ends) => console.log(ends.join()));
`;

/** A server whose thread is busy with its first request until all have been sent, and which drains then. */
async function endsOf(calls: number, warm: boolean): Promise<string[]> {
  let handled = 0;
  let drained: Promise<void> | undefined;
  const server = createServer((request, response) => {
    if (request.url === '/work' && ++handled === 1) {
      for (const until = performance.now() + busyMs; performance.now() < until;);
      drained = drain();
    }
    response.end('done');
  });
  const drain = drainable(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const client = spawn(process.execPath, ['-e', callers, url, String(calls), warm ? 'warm' : '']);
  const ends = (await text(client.stdout)).trim().split(',');
  await drained;
  expect(server.listening).toBe(false);
  return ends;
}

test.each([
  ['fresh', false],
  ['kept', true],
])('20 callers over %s connections get 20 answers when it stops', async (_, warm) => {
  expect(await endsOf(20, warm)).toEqual(new Array(20).fill('200'));
});

test('an answer that is under way is finished, and its connection closed', async () => {
  let answer = () => {};
  const server = createServer((_, response) => void (answer = () => response.end('late')));
  const drain = drainable(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const asked = fetch(`http://127.0.0.1:${port}/`);
  await once(server, 'request');
  const drained = drain();
  setTimeout(answer, 400);
  const response = await asked;
  expect([await response.text(), response.headers.get('connection')]).toEqual(['late', 'close']);
  await drained;
});
