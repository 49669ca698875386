import { findMoto, isRecent, type MotoSearch } from './find-moto';

async function* none(): AsyncIterable<string> {}

const nothing: MotoSearch = {
  interpreters: none,
  probe: () => Promise.resolve(undefined),
  hasContainerEngine: () => Promise.resolve(false),
  makeEnvironment: () => Promise.reject(new Error('no network')),
};

async function* these(...interpreters: string[]): AsyncIterable<string> {
  yield* interpreters;
}

const versions = (known: Record<string, string>) => (python: string) => {
  const version = known[python];
  return Promise.resolve(version === undefined ? undefined : { python, version });
};

it('takes the first interpreter whose moto is recent enough', async () => {
  const found = await findMoto({
    ...nothing,
    interpreters: () => these('old', 'none', 'new', 'newer'),
    probe: versions({ old: '5.1.9', new: '5.2.0', newer: '6.0.0' }),
  });
  expect(found).toEqual({ kind: 'python', python: 'new', version: '5.2.0' });
});

it('goes on to a container, then to an environment of its own', async () => {
  const engine = { ...nothing, hasContainerEngine: () => Promise.resolve(true) };
  expect(await findMoto(engine)).toMatchObject({ kind: 'container' });
  const fetched = {
    ...nothing,
    makeEnvironment: () => Promise.resolve('made'),
    probe: versions({ made: '5.2.1' }),
  };
  expect(await findMoto(fetched)).toMatchObject({ kind: 'python', python: 'made' });
});

it('names in one sentence what to install, and what was too old', async () => {
  await expect(findMoto(nothing)).rejects.toThrow(/^moto 5\.2 or newer is needed: pip install/);
  const old = { ...nothing, interpreters: () => these('old'), probe: versions({ old: '4.0.0' }) };
  await expect(findMoto(old)).rejects.toThrow('(found 4.0.0)');
});

it.each([
  ['5.1.22', false],
  ['5.2.0', true],
  ['5.10.0', true],
  ['6.0.0', true],
])('version %s is recent enough: %s', (version, recent) => {
  expect(isRecent(version)).toBe(recent);
});
