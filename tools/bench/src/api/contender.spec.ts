import { startContender, type RunningContender } from './contender';

const servers: RunningContender[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.stop())));

async function started(onMessage: string): Promise<RunningContender> {
  const program = `
    require('node:http').createServer((_, response) => response.end()).listen(process.env.PORT);
    process.on('message', (message) => ${onMessage});`;
  const server = await startContender('node:path', { command: ['--eval', program] });
  servers.push(server);
  return server;
}

test('a server answers what it is asked', async () => {
  const server = await started('process.send({ heard: message })');
  await expect(server.ask('a')).resolves.toEqual({ heard: 'a' });
  await expect(server.ask('b')).resolves.toEqual({ heard: 'b' });
});

test('a server that ends instead of answering fails the measurement', async () => {
  const server = await started('process.exit(3)');
  await expect(server.ask('a')).rejects.toThrow('ended instead of answering');
  await expect(server.ask('b')).rejects.toThrow('ended instead of answering');
});
