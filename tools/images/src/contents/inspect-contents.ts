import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { clientEnvironment, type Docker } from '../engine/docker';
import { extraCertificates } from '../build/build-image';
import { foreignCertificateLines } from './foreign-certificates';
import { unwantedFiles } from './unwanted-files';

export interface Contents {
  readonly files: number;
  readonly unwanted: readonly string[];
  /** Something of the CA bundle of the build is in a file or in the history. */
  readonly holdsCertificates: boolean;
}

/** Looks through every file of an image, as a container of it would see them. */
export async function inspectContents(docker: Docker, tag: string): Promise<Contents> {
  const bundle = extraCertificates();
  const history = await docker.run(['history', '--no-trunc', tag]);
  const container = await docker.run(['create', tag]);
  try {
    const traces = bundle
      ? foreignCertificateLines(await readFile(bundle, 'utf8'), await nodeOf(docker, container))
      : [];
    const [paths, found] = await readExport(docker, container, traces);
    return {
      files: paths.filter((path) => !path.endsWith('/')).length,
      unwanted: unwantedFiles(paths),
      holdsCertificates: found || traces.some((trace) => history.includes(trace)),
    };
  } finally {
    await docker.run(['rm', container]);
  }
}

async function nodeOf(docker: Docker, container: string): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'clarity-node-'));
  try {
    await docker.run(['cp', `${container}:/usr/local/bin/node`, folder]);
    return await readFile(join(folder, 'node'));
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function readExport(
  docker: Docker,
  container: string,
  traces: readonly string[],
): Promise<[readonly string[], boolean]> {
  const exported = spawn(docker.client, ['export', container], {
    env: { ...process.env, ...clientEnvironment(docker.host) },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const list = spawn('tar', ['-t'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const names: Buffer[] = [];
  list.stdout.on('data', (chunk: Buffer) => names.push(chunk));
  const found = search(exported.stdout, traces);
  exported.stdout.pipe(list.stdin);
  await once(list, 'close');
  return [Buffer.concat(names).toString().trimEnd().split('\n'), await found];
}

/** Whether one of the texts is in a stream, across the borders of its chunks too. */
export async function search(stream: Readable, texts: readonly string[]): Promise<boolean> {
  const longest = Math.max(0, ...texts.map((text) => text.length));
  let found = false;
  let rest = Buffer.alloc(0);
  stream.on('data', (chunk: Buffer) => {
    if (found || longest === 0) return;
    const window = Buffer.concat([rest, chunk]);
    found = texts.some((text) => window.includes(text));
    rest = window.subarray(-longest);
  });
  await once(stream, 'end');
  return found;
}
