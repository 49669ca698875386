import { Agent, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { appUnderTest } from '../../test/app-under-test';
import { gate } from '../../test/gate';
import { drain } from './draining';

interface Answer {
  readonly status: number | undefined;
  readonly connection: string | undefined;
}

function fetchOver(agent: Agent, port: number, path: string, token?: string): Promise<Answer> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return new Promise((resolve, reject) => {
    get({ agent, port, path, host: '127.0.0.1', headers }, (response) => {
      response.resume();
      response.on('end', () =>
        resolve({ status: response.statusCode, connection: response.headers.connection }),
      );
    }).on('error', reject);
  });
}

it('finishes what is in flight, serves what still comes, closes connections, then the port', async () => {
  const { app, cloud, signUp } = await appUnderTest();
  const ada = await signUp();
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true });
  const answer = gate();
  const arrived = gate();
  jest.spyOn(cloud.healthData, 'listAnalyses').mockImplementation(async () => {
    arrived.open();
    await answer.opened;
    return { items: [] };
  });
  try {
    expect((await fetchOver(agent, port, '/livez')).connection).toBe('keep-alive');
    const inFlight = fetchOver(agent, port, '/v1/analyses', ada.accessToken);
    await arrived.opened;

    const grace = gate();
    const drained = drain(app, grace.opened);
    expect(await fetchOver(agent, port, '/livez')).toEqual({ status: 200, connection: 'close' });
    expect((await fetchOver(agent, port, '/readyz')).status).toBe(503);

    grace.open();
    answer.open();
    expect(await inFlight).toEqual({ status: 200, connection: 'close' });
    await drained;
    await expect(fetchOver(agent, port, '/livez')).rejects.toThrow('ECONNREFUSED');
  } finally {
    agent.destroy();
  }
});
